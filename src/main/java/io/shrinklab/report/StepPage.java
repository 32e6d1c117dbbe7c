package io.shrinklab.report;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One run looked into. */
public final class StepPage {
  public StepPage(Experiment experiment, List<StepCourse> courses) {}

  public void writeTo(OutputStream out) throws IOException {}
}
