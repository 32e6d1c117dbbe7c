package io.shrinklab.report;

import io.shrinklab.analysis.Estimate;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric over epochs, mean over runs. It ends where the shortest run ends, so that every point is
 * over the same runs.
 *
 * @param epochs counted from 1, ascending
 * @param estimates one per epoch
 */
record EpochCurve(List<Integer> epochs, List<Estimate> estimates) {

  /** Over every {@code stride}th epoch and the last. */
  static EpochCurve of(List<RunRecord> runs, int stride, Metric metric) {
    int shortest = runs.stream().mapToInt(run -> run.epochs().size()).min().orElse(0);
    List<Integer> epochs = new ArrayList<>();
    List<Estimate> estimates = new ArrayList<>();
    for (int index : indices(shortest, stride)) {
      epochs.add(index + 1);
      estimates.add(
          Estimate.of(
              runs.stream().mapToDouble(run -> run.epochs().get(index).get(metric)).toArray()));
    }
    return new EpochCurve(epochs, estimates);
  }

  /** 0, stride, 2 stride, ... and n - 1. */
  static List<Integer> indices(int n, int stride) {
    List<Integer> indices = new ArrayList<>();
    for (int index = 0; index < n - 1; index += stride) {
      indices.add(index);
    }
    if (n > 0) {
      indices.add(n - 1);
    }
    return indices;
  }
}
