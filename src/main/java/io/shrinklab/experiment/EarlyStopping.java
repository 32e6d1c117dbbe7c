package io.shrinklab.experiment;

/** Ends a run when the validation score has stopped to improve on the best so far. */
@Doc("Ends a run when the validation score has stopped to improve on the best so far.")
public record EarlyStopping(
    @Doc("Epochs without a new best before the run ends.") @Range(min = 1, max = 1_000_000)
        int patience,
    @Doc("A new best must exceed the old one by more than this.")
        @Range(min = 0, max = 1e9)
        @Default("0")
        double minimumChange) {}
