package io.shrinklab.training;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps what became of a cohort's only run, and passes all else on. */
final class SingleRun implements CohortListener {
  private final TrainingListener listener;
  private @Nullable RunOutcome outcome;
  private @Nullable Exception fault;

  SingleRun(TrainingListener listener) {
    this.listener = listener;
  }

  /** The outcome; throws what the run failed of. */
  RunOutcome outcome() throws PenaltyException {
    if (fault instanceof PenaltyException unfit) {
      throw unfit;
    }
    if (fault instanceof RuntimeException failed) {
      throw failed;
    }
    return Objects.requireNonNull(outcome);
  }

  @Override
  public void onOutcome(RunOutcome ended) {
    outcome = ended;
  }

  @Override
  public void onFailure(RunSpec spec, Exception why) {
    fault = why;
  }

  @Override
  public void onEpoch(RunSpec spec, EpochMetrics metrics) {
    listener.onEpoch(spec, metrics);
  }

  @Override
  public void onStep(RunSpec spec, StepMetrics metrics) {
    listener.onStep(spec, metrics);
  }

  @Override
  public boolean wantsSteps() {
    return listener.wantsSteps();
  }
}
