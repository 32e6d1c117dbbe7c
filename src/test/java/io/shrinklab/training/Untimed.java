package io.shrinklab.training;

import io.shrinklab.outcome.RunOutcome;
import java.util.List;
import java.util.stream.Stream;

/** What of a run's rows may not differ between two runs of one specification. */
final class Untimed {
  private Untimed() {}

  /** Every column but the one that holds a time. */
  static List<List<Double>> rows(RunOutcome outcome) {
    return outcome.epochs().stream()
        .map(
            row ->
                Stream.of(
                        (double) row.epoch(),
                        row.trainLoss(),
                        row.trainScore(),
                        row.validationLoss(),
                        row.validationScore(),
                        row.penalty(),
                        row.lpNorm(),
                        row.lpPowerSum(),
                        row.nearZeroFraction(),
                        row.learningRate(),
                        row.totalLoss(),
                        row.exactZeroFraction(),
                        row.gradientRatio(),
                        row.trainAccuracy(),
                        row.validationAccuracy())
                    .toList())
        .toList();
  }
}
