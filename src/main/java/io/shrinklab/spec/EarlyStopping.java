package io.shrinklab.spec;

/** Ends a run when the validation score has stopped to improve on the best so far. */
@Doc("Ends a run when the validation score has stopped to improve on the best so far.")
public record EarlyStopping(
    @Doc("Epochs without progress before the run ends.") @Range(min = 1, max = 1_000_000)
        int patience,
    @Doc(
            "Progress is a validation score that exceeds the one at the last progress by more than"
                + " this. The test part is read at the highest score, by however little.")
        @Range(min = 0, max = 1e9)
        @Default("0")
        double minimumChange) {}
