package io.shrinklab.spec;

/** How a penalty's strength changes over the epochs, as a factor on lambda. */
public sealed interface StrengthSchedule
    permits StrengthSchedule.Constant, StrengthSchedule.Warmup {
  /**
   * The factor on lambda.
   *
   * @param epoch counted from 1
   * @return between 0 and 1
   */
  double factor(int epoch);

  /** The same strength throughout. */
  @Kind("constant")
  @Doc("The same strength throughout.")
  record Constant() implements StrengthSchedule {
    @Override
    public double factor(int epoch) {
      return 1;
    }
  }

  /**
   * Rising from lambda / epochs to lambda; lets weights find their place before {@code p < 1}
   * freezes them at zero.
   */
  @Kind("warmup")
  @Doc(
      "Linear: lambda * epoch / epochs, until lambda is reached. Helps p < 1, which holds small weights at zero.")
  record Warmup(
      @Doc("The epoch that first has the full strength.") @Range(min = 1, max = 1_000_000)
          int epochs)
      implements StrengthSchedule {
    @Override
    public double factor(int epoch) {
      return Math.min(1.0, (double) epoch / epochs);
    }
  }
}
