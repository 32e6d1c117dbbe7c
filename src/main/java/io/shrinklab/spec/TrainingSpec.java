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
            "The epoch that a run is judged at, and where its test part is read: best, the first with"
                + " the highest validation score; or last.")
        @Default("\"best\"")
        Selection selection,
    @Doc(
            "What ends training: epochs, all of them; or converged, an optimum of loss and penalty,"
                + " if it is reached before. A linear network on full batches has one.")
        @Default("\"epochs\"")
        Until until,
    @Doc(
            "A linear network has converged on full batches where its penalty balances the loss's"
                + " gradient to this share of the gradient's largest element at weights of 0.")
        @Range(min = 0, aboveMin = true, max = 1)
        @Default("1e-6")
        double tolerance,
    @Doc(
            "Whether each run keeps its network's outputs on validation and test rows at the best epoch, in predictions.npz. Runs that are complete stay as they are.")
        @Default("false")
        @NotIdentity
        boolean predictions) {

  /** Which epoch a run is judged at. */
  public enum Selection {
    /** The first with the highest validation score: for someone who may stop early. */
    BEST,
    /** The last one: for someone who trains to the end. */
    LAST
  }

  /** What ends training. */
  public enum Until {
    /** The last of the epochs. */
    EPOCHS,
    /** An optimum, or the last of the epochs. */
    CONVERGED
  }

  /** Reports a network that has no optimum to train to, where that is asked for. */
  public void checkWith(NetworkSpec network, Check.Reporter reporter) {
    if (until == Until.CONVERGED && !network.isLinear()) {
      reporter.problem(
          "until",
          Names.kebab(until),
          "needs a linear network, whose loss has one optimum; else \"epochs\", with earlyStopping");
    }
  }

  /** The same of a penalty. */
  public void checkWith(PenaltySpec penalty, Check.Reporter reporter) {
    if (until == Until.CONVERGED && (!penalty.isConvex() || penalty.takesDecoupledSteps())) {
      reporter.problem(
          "until",
          Names.kebab(until),
          "needs a convex penalty (p of at least 1) by its gradient or by proximal steps, which settle"
              + " at an optimum; else \"epochs\"");
    }
  }

  /** The same of rows that are known to be more than a batch. */
  public void checkWith(DataSpec data, Check.Reporter reporter) {
    Rows rows = data.train();
    if (until == Until.CONVERGED && rows != null && !rows.isShare() && rows.value() > batchSize) {
      reporter.problem("until", Names.kebab(until), needsFullBatches((int) rows.value()));
    }
  }

  /** What is wrong with batches that are no full ones. */
  public String needsFullBatches(int rows) {
    return "needs full batches, since others never settle: a batchSize of at least the "
        + rows
        + " training rows, where it is "
        + batchSize;
  }
}
