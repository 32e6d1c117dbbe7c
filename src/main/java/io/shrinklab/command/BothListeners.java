package io.shrinklab.command;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepListener;
import io.shrinklab.sweep.SweepPlan;
import io.shrinklab.sweep.SweepSummary;
import java.util.List;

/** Tells two listeners, the first one first. */
record BothListeners(SweepListener first, SweepListener second) implements SweepListener {
  @Override
  public void onKept(RunRecord run) {
    first.onKept(run);
    second.onKept(run);
  }

  @Override
  public void onPlan(SweepPlan plan) {
    first.onPlan(plan);
    second.onPlan(plan);
  }

  @Override
  public void onNotice(String text) {
    first.onNotice(text);
    second.onNotice(text);
  }

  @Override
  public void onStart(int worker, List<RunSpec> runs) {
    first.onStart(worker, runs);
    second.onStart(worker, runs);
  }

  @Override
  public void onEpoch(int worker, RunSpec spec, EpochMetrics metrics) {
    first.onEpoch(worker, spec, metrics);
    second.onEpoch(worker, spec, metrics);
  }

  @Override
  public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    first.onEnd(worker, spec, status, reason);
    second.onEnd(worker, spec, status, reason);
  }

  @Override
  public void onTidying() {
    first.onTidying();
    second.onTidying();
  }

  @Override
  public void onInterrupted(SweepSummary summary) {
    first.onInterrupted(summary);
    second.onInterrupted(summary);
  }
}
