package io.shrinklab.spec;

import org.jspecify.annotations.Nullable;

/** How long and in which portions a run trains. */
@Doc("How long and in which portions a run trains.")
public record TrainingSpec(
    @Doc("Passes over the training rows.") @Range(min = 1, max = 1_000_000) int epochs,
    @Doc("Rows per optimizer step; a size of at least the training rows means full batch.")
        @Range(min = 1, max = 1_000_000)
        @Default("32")
        int batchSize,
    @Doc("Share of a class's probability that is spread over all classes in the training loss.")
        @Range(min = 0, max = 1, belowMax = true)
        @Default("0")
        double labelSmoothing,
    @Doc("A weight whose absolute value is below this counts as near zero in near_zero_fraction.")
        @Range(min = 0, aboveMin = true, max = 1)
        @Default("0.001")
        double nearZero,
    @Doc("When to end a run early; null to train all epochs.") @Default("null")
        @Nullable EarlyStopping earlyStopping,
    @Doc("When to give a run up as hopeless; null for never.") @Default("null")
        @Nullable Pruning pruning,
    @Doc("A run that takes longer than this is given up as FAILED; 0 for no limit.")
        @Range(min = 0, max = 100_000)
        @Default("0")
        @NotIdentity
        double timeoutMinutes,
    @Doc(
            "Whether each run keeps its network's outputs on validation and test rows at the best epoch, in predictions.npz. Runs that are complete stay as they are.")
        @Default("false")
        @NotIdentity
        boolean predictions) {
  /** Keeps no predictions. */
  public TrainingSpec(
      int epochs,
      int batchSize,
      double labelSmoothing,
      double nearZero,
      @Nullable EarlyStopping earlyStopping,
      @Nullable Pruning pruning,
      double timeoutMinutes) {
    this(
        epochs, batchSize, labelSmoothing, nearZero, earlyStopping, pruning, timeoutMinutes, false);
  }
}
