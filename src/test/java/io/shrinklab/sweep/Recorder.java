package io.shrinklab.sweep;

import io.shrinklab.experiment.RunSpec;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it heard. */
final class Recorder implements SweepListener {
  final List<SweepPlan> plans = new ArrayList<>();
  final List<String> notices = new ArrayList<>();
  final List<String> starts = new ArrayList<>();
  final List<Integer> epochs = new ArrayList<>();
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
  public void onStart(int worker, RunSpec spec) {
    starts.add(spec.label());
  }

  @Override
  public void onEpoch(int worker, RunSpec spec, EpochMetrics metrics) {
    epochs.add(metrics.epoch());
  }

  @Override
  public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    ends.add(spec.label() + " " + status);
  }
}
