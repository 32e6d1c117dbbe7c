package io.shrinklab.experiment;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, each thing once, so that all of it can be said together. */
final class Problems {
  /** Kept apart from what is shown, so that a hopeless grid does not fill the memory. */
  private static final int KEPT = 10_000;

  private final Set<Problem> distinct = new LinkedHashSet<>();
  private long reports;

  /** Whether there are others than those that are kept. */
  private boolean more;

  /** Adds one; a repetition counts as a report but is listed once. */
  void add(Place place, String found, String allowed) {
    reports++;
    Problem problem = new Problem(place.toString(), found, allowed);
    if (distinct.size() < KEPT) {
      distinct.add(problem);
    } else {
      more |= !distinct.contains(problem);
    }
  }

  /** How often something was reported, repetitions included: tells whether a step went well. */
  long reports() {
    return reports;
  }

  /** All distinct ones, in the order of their first report. */
  List<Problem> list() {
    return List.copyOf(distinct);
  }

  /** Stops when there are any. */
  void throwIfAny(String file) throws ExperimentException {
    if (reports > 0) {
      throw new ExperimentException(file, list(), more);
    }
  }
}
