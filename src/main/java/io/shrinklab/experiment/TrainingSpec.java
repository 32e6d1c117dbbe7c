package io.shrinklab.experiment;

/** How long and in which portions a run trains. */
@Doc("How long and in which portions a run trains.")
public record TrainingSpec(
    @Doc("Passes over the training rows.") @Range(min = 1, max = 1_000_000) int epochs,
    @Doc("Rows per optimizer step; a size of at least the training rows means full batch.")
        @Range(min = 1, max = 1_000_000)
        @Default("32")
        int batchSize,
    @Doc("A weight whose absolute value is below this counts as near zero in near_zero_fraction.")
        @Range(min = 0, aboveMin = true, max = 1)
        @Default("0.001")
        double nearZero,
    @Doc("A run that takes longer than this is given up as FAILED; 0 for no limit.")
        @Range(min = 0, max = 100_000)
        @Default("0")
        @NotIdentity
        double timeoutMinutes) {}
