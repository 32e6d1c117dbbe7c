package io.shrinklab.wording;

import io.shrinklab.analysis.StepCourse;
import java.util.List;

/** What a run's steps show, in sentences. */
public final class StepWords {
  private StepWords() {}

  public static List<String> sentences(List<StepCourse> courses) {
    return List.of();
  }
}
