package io.shrinklab.command;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a line per epoch, and passes steps on to a log. */
final class EpochPrinter implements TrainingListener {
  private final PrintWriter out;
  private final @Nullable StepLog steps;

  EpochPrinter(PrintWriter out, @Nullable StepLog steps) {
    this.out = out;
    this.steps = steps;
  }

  @Override
  public void onEpoch(RunSpec spec, EpochMetrics epoch) {
    out.println(
        String.format(
            Locale.ROOT,
            "epoch %3d: training loss %.4f, score %.4f; validation loss %.4f, score %.4f; penalty %.4g",
            epoch.epoch(),
            epoch.get(Metric.TRAIN_LOSS),
            epoch.get(Metric.TRAIN_SCORE),
            epoch.validationLoss(),
            epoch.validationScore(),
            epoch.get(Metric.PENALTY)));
  }

  @Override
  public void onStep(RunSpec spec, StepMetrics metrics) {
    if (steps != null) {
      steps.add(metrics);
    }
  }

  @Override
  public boolean wantsSteps() {
    return steps != null;
  }
}
