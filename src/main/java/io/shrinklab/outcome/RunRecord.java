package io.shrinklab.outcome;

import io.shrinklab.spec.RunSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored run, as results gives it to analysis and report: everything but the weights.
 *
 * @param spec what was asked
 * @param status how it ended
 * @param reason why it ended before its last epoch; empty when it did not
 * @param scoreName the score's name; larger is better
 * @param epochs a row per finished epoch
 * @param best the epoch that it is judged at; null when no epoch was finished
 * @param sizes rows in the parts
 * @param provenance where the numbers come from
 * @param equalRows rows of the other parts that equal a training row; null where that was not
 *     recorded
 * @param chanceScore what a guess that looks at no feature scores on the validation rows; NaN where
 *     that was not recorded
 * @param coefficients of a linear network with one output, or two classes, over a table, at the
 *     end; else empty
 * @param optimalityViolation how far a linear network that was trained on full batches is from the
 *     optimum of loss and penalty, at the end: the largest part of the loss's gradient that no
 *     subgradient of the penalty balances, over the largest element of that gradient where all
 *     parameters are 0; NaN of any other run, and where that was not recorded
 */
public record RunRecord(
    RunSpec spec,
    RunStatus status,
    String reason,
    String scoreName,
    List<EpochMetrics> epochs,
    @Nullable BestEpoch best,
    PartSizes sizes,
    Provenance provenance,
    @Nullable EqualRows equalRows,
    double chanceScore,
    List<Coefficient> coefficients,
    double optimalityViolation) {

  /** Copies the lists. */
  public RunRecord {
    epochs = List.copyOf(epochs);
    coefficients = List.copyOf(coefficients);
  }

  /** The same run under another name, for a comparison with runs of another sweep. */
  public RunRecord as(RunSpec other) {
    return new RunRecord(
        other,
        status,
        reason,
        scoreName,
        epochs,
        best,
        sizes,
        provenance,
        equalRows,
        chanceScore,
        coefficients,
        optimalityViolation);
  }
}
