package io.shrinklab.experiment;

import org.jspecify.annotations.Nullable;

/** Which rows a run sees, and how they are parted. */
public sealed interface DataSpec {

  /** How the parts are drawn. */
  enum Split {
    /**
     * Every seed draws parts of its own: the answer holds for the population, intervals are
     * corrected for overlap.
     */
    PER_SEED,
    /** One split for all seeds: the answer holds for that split. */
    FIXED
  }

  /** Rows used for training; null for all that are left. */
  @Nullable Integer train();

  /** Rows used for validation. */
  int validation();

  /** How the parts are drawn. */
  Split split();

  /** The share of training labels that is drawn at random. */
  double labelNoise();

  /** The embedded handwritten digits. */
  @Kind("digits")
  @Doc(
      "The embedded UCI handwritten digits: 1,797 rows of 64 pixels, 10 classes. What train and validation leave is the test part.")
  record Digits(
      @Doc("Rows used for training.") @Range(min = 1, max = 1795) @Default("300")
          @Nullable Integer train,
      @Doc("Rows used for validation.") @Range(min = 1, max = 1795) @Default("600") int validation,
      @Doc("per-seed: each seed draws its own parts; fixed: one split for all seeds.")
          @Default("\"per-seed\"")
          Split split,
      @Doc(
              "Share of the training labels that is replaced by labels drawn at random from all classes.")
          @Range(min = 0, max = 1)
          @Default("0")
          double labelNoise)
      implements DataSpec, Check {

    /** Rows in the set. */
    public static final int ROWS = 1797;

    @Override
    public void check(Reporter reporter) {
      if (train != null && train + validation >= ROWS) {
        reporter.problem(
            "train",
            train,
            "train + validation below "
                + ROWS
                + " (the set's rows), so that test rows are left; validation is "
                + validation);
      }
    }
  }

  /** The MNIST digits. */
  @Kind("mnist")
  @Doc(
      "MNIST: 60,000 training and 10,000 test images of 28 x 28, 10 classes. Validation rows come out of the 60,000.")
  record Mnist(
      @Doc("Rows used for training; null for all that validation leaves.")
          @Range(min = 1, max = 59999)
          @Default("null")
          @Nullable Integer train,
      @Doc("Rows used for validation.") @Range(min = 1, max = 59999) @Default("10000")
          int validation,
      @Doc("per-seed: each seed draws its own parts; fixed: one split for all seeds.")
          @Default("\"per-seed\"")
          Split split,
      @Doc(
              "Share of the training labels that is replaced by labels drawn at random from all classes.")
          @Range(min = 0, max = 1)
          @Default("0")
          double labelNoise)
      implements DataSpec, Check {

    /** Rows to part into training and validation. */
    public static final int ROWS = 60_000;

    @Override
    public void check(Reporter reporter) {
      if (train != null && train + validation > ROWS) {
        reporter.problem(
            "train", train, "train + validation at most " + ROWS + "; validation is " + validation);
      }
    }
  }
}
