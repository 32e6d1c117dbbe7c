package io.shrinklab.sweep;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what it heard. */
final class Recorder implements SweepListener {
  final List<SweepPlan> plans = new ArrayList<>();
  final List<String> notices = new ArrayList<>();
  final List<String> starts = new ArrayList<>();
  final List<Integer> epochs = new ArrayList<>();

  /**
   * By worker and run, {@code 2: a seed 0}, its epochs as {@code 1 0.25}: with the training loss.
   */
  final Map<String, List<String>> told = new TreeMap<>();

  final List<String> ends = new ArrayList<>();

  @Override
  public void onPlan(SweepPlan plan) {
    plans.add(plan);
  }

  @Override
  public void onNotice(String text) {
    notices.add(text);
  }

  @Override
  public void onStart(int worker, List<RunSpec> runs) {
    for (RunSpec run : runs) {
      starts.add(run.label());
      told.put(worker + ": " + run.label(), new ArrayList<>());
    }
  }

  @Override
  public void onEpoch(int worker, RunSpec spec, EpochMetrics metrics) {
    epochs.add(metrics.epoch());
    told.computeIfAbsent(worker + ": " + spec.label(), none -> new ArrayList<>())
        .add(metrics.epoch() + " " + metrics.get(Metric.TRAIN_LOSS));
  }

  @Override
  public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    ends.add(spec.label() + " " + status);
  }
}
