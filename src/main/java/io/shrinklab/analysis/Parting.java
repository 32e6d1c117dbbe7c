package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import java.util.List;

/**
 * Where two runs of one seed begin to differ, in any bit of what both are measured by alike: loss
 * and score of the training and of the validation rows. The norm, say, has each run's own p.
 *
 * @param kind in what
 * @param epoch counted from 1, the first that tells them apart; the last of both where none does
 */
public record Parting(Kind kind, int epoch) {
  private static final List<Metric> ALIKE =
      List.of(
          Metric.TRAIN_LOSS, Metric.TRAIN_SCORE, Metric.VALIDATION_LOSS, Metric.VALIDATION_SCORE);

  /** What tells two runs apart. */
  public enum Kind {
    /** A loss or a score. */
    METRICS,
    /** One of them goes on where the other ended. */
    LENGTH,
    /** Only the final weights. */
    WEIGHTS,
    /** Nothing: they are the same to the bit, to the end. */
    NOTHING
  }

  static Parting of(RunRecord left, RunRecord right) {
    int shared = Math.min(left.epochs().size(), right.epochs().size());
    for (int i = 0; i < shared; i++) {
      if (differ(left.epochs().get(i), right.epochs().get(i))) {
        return new Parting(Kind.METRICS, i + 1);
      }
    }
    if (left.epochs().size() != right.epochs().size()) {
      return new Parting(Kind.LENGTH, shared + 1);
    }
    return new Parting(
        left.provenance().weightsSha256().equals(right.provenance().weightsSha256())
            ? Kind.NOTHING
            : Kind.WEIGHTS,
        shared);
  }

  private static boolean differ(EpochMetrics left, EpochMetrics right) {
    return ALIKE.stream()
        .anyMatch(
            metric ->
                Double.doubleToLongBits(left.get(metric))
                    != Double.doubleToLongBits(right.get(metric)));
  }
}
