package io.shrinklab.sweep;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import java.util.List;

/**
 * Hears of a sweep while it runs. Called from one thread at a time, so it need not be thread-safe;
 * but workers wait for it.
 */
public interface SweepListener {
  /** Hears nothing. */
  SweepListener SILENT = new SweepListener() {};

  /** A run is complete from before, and was read; before the plan. */
  default void onKept(RunRecord run) {}

  /** Once, before the first run. */
  default void onPlan(SweepPlan plan) {}

  /** Something that the user should know: a damaged run, a lock taken over, a worker replaced. */
  default void onNotice(String text) {}

  /** A worker, counted from 1, begins runs. */
  default void onStart(int worker, List<RunSpec> runs) {}

  /** A worker has finished an epoch of one of its runs. */
  default void onEpoch(int worker, RunSpec spec, EpochMetrics metrics) {}

  /** A run ended and is stored; the reason is empty when it completed. */
  default void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {}

  /**
   * No run is trained any more, and what is half written in the folder is cleared away next. Who
   * writes there beside the sweep is done when this returns.
   */
  default void onTidying() {}

  /** The process is being stopped from outside; workers are gone, what is complete is kept. */
  default void onInterrupted(SweepSummary summary) {}
}
