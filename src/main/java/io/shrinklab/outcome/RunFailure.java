package io.shrinklab.outcome;

import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.function.Function;

/**
 * A run that could not be trained.
 *
 * @param spec what was asked
 * @param reason one line for people
 * @param epochs those that it finished
 */
public record RunFailure(RunSpec spec, String reason, List<EpochMetrics> epochs) implements RunEnd {

  /** Copies the list. */
  public RunFailure {
    epochs = List.copyOf(epochs);
  }

  @Override
  public RunStatus status() {
    return RunStatus.FAILED;
  }

  @Override
  public <T> T match(Function<RunOutcome, T> trained, Function<RunFailure, T> failed) {
    return failed.apply(this);
  }
}
