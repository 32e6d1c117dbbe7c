package io.shrinklab.outcome;

import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.function.Function;

/** How a run ended: it was trained, or it failed. */
public sealed interface RunEnd permits RunOutcome, RunFailure {
  /** What was asked. */
  RunSpec spec();

  /** The word for it. */
  RunStatus status();

  /** Why it ended before its last epoch; empty when it did not. */
  String reason();

  /** A row per finished epoch. */
  List<EpochMetrics> epochs();

  /** What either case gives. */
  <T> T match(Function<RunOutcome, T> trained, Function<RunFailure, T> failed);
}
