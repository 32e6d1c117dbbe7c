package io.shrinklab.outcome;

import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What training one run gave.
 *
 * @param spec what was asked
 * @param status COMPLETED or DIVERGED
 * @param reason why it ended before its last epoch, with epoch and step; empty when it did not
 * @param scoreName the score's name, for instance {@code accuracy}; larger is better
 * @param epochs a row per finished epoch, none of them with NaN in loss or score
 * @param layers rows per epoch and layer
 * @param best the epoch that it is judged at; null when no epoch was finished
 * @param sizes rows in the parts
 * @param dataSha256 over the bytes of the data set as it was read, in hex
 * @param weights the final parameters
 * @param equalRows rows of the other parts that equal a training row
 * @param chanceScore what a guess that looks at no feature scores on the validation rows
 * @param coefficients of a linear network over a table, at the end; else empty
 * @param optimalityViolation how far a linear network that was trained on full batches is from the
 *     optimum of loss and penalty, at the end: the largest part of the loss's gradient that no
 *     subgradient of the penalty balances, over the largest element of that gradient where all
 *     parameters are 0; NaN of any other run, and where that was not recorded
 * @param arrays what else is needed to use it
 */
public record RunOutcome(
    RunSpec spec,
    RunStatus status,
    String reason,
    String scoreName,
    List<EpochMetrics> epochs,
    List<LayerMetrics> layers,
    @Nullable BestEpoch best,
    PartSizes sizes,
    String dataSha256,
    WeightsFile weights,
    EqualRows equalRows,
    double chanceScore,
    List<Coefficient> coefficients,
    double optimalityViolation,
    RunArrays arrays)
    implements RunEnd {

  /** Copies the lists. */
  public RunOutcome {
    if (status == RunStatus.FAILED) {
      throw new IllegalArgumentException("a run that failed is no outcome of training");
    }
    epochs = List.copyOf(epochs);
    layers = List.copyOf(layers);
    coefficients = List.copyOf(coefficients);
  }

  @Override
  public <T> T match(Function<RunOutcome, T> trained, Function<RunFailure, T> failed) {
    return trained.apply(this);
  }
}
