package io.shrinklab.spec;

/**
 * How the learning rate changes over training, as a factor on {@code learningRate}; each with a
 * linear warm-up.
 */
public sealed interface LearningRateSchedule
    permits LearningRateSchedule.Constant,
        LearningRateSchedule.Step,
        LearningRateSchedule.Cosine,
        LearningRateSchedule.Plateau {
  /** Epochs of linear warm-up before the schedule proper; 0 for none. */
  @Doc("Epochs of linear warm-up, step by step.")
  @Range(min = 0, max = 1_000_000)
  @Default("0")
  int warmupEpochs();

  /**
   * The factor in one run: the mutable half of a schedule.
   *
   * @param stepsPerEpoch at least 1
   * @param steps from the warm-up's end to the run's, at least 1
   */
  Factor newFactor(int stepsPerEpoch, long steps);

  /** A schedule's factor on the learning rate in one run. */
  interface Factor {
    /**
     * The factor at a step.
     *
     * @param step counted from 0 at the warm-up's end
     */
    double at(long step);

    /** Hears of the validation loss after each epoch that follows the warm-up. */
    default void afterEpoch(double validationLoss) {}
  }

  /** The same rate throughout. */
  @Kind("constant")
  @Doc("The same learning rate throughout, after the warm-up.")
  record Constant(int warmupEpochs) implements LearningRateSchedule {
    @Override
    public Factor newFactor(int stepsPerEpoch, long steps) {
      return step -> 1;
    }
  }

  /** Falls by a factor at regular epochs. */
  @Kind("step")
  @Doc("The learning rate is multiplied by factor after every so many epochs.")
  record Step(
      @Doc("Epochs between falls, counted after the warm-up.") @Range(min = 1, max = 1_000_000)
          int every,
      @Doc("What the rate is multiplied by.")
          @Range(min = 0, aboveMin = true, max = 1)
          @Default("0.1")
          double factor,
      int warmupEpochs)
      implements LearningRateSchedule {
    @Override
    public Factor newFactor(int stepsPerEpoch, long steps) {
      return step -> {
        long falls = step / stepsPerEpoch / every;
        return Math.pow(factor, (double) falls);
      };
    }
  }

  /** Half a cosine (Loshchilov and Hutter 2017), step by step. */
  @Kind("cosine")
  @Doc(
      "Half a cosine from the full rate to floor times it, step by step (Loshchilov and Hutter 2017).")
  record Cosine(
      @Doc("The last rate, as a share of the first.") @Range(min = 0, max = 1) @Default("0")
          double floor,
      int warmupEpochs)
      implements LearningRateSchedule {
    @Override
    public Factor newFactor(int stepsPerEpoch, long steps) {
      return step -> floor + (1 - floor) * (1 + Math.cos(Math.PI * ((double) step / steps))) / 2;
    }
  }

  /** Falls when the validation loss has stopped to improve. */
  @Kind("plateau")
  @Doc(
      "The learning rate is multiplied by factor when the validation loss has not improved for patience epochs.")
  record Plateau(
      @Doc("Epochs without a lower validation loss before the rate falls.")
          @Range(min = 1, max = 1_000_000)
          @Default("5")
          int patience,
      @Doc("What the rate is multiplied by.")
          @Range(min = 0, aboveMin = true, max = 1, belowMax = true)
          @Default("0.1")
          double factor,
      int warmupEpochs)
      implements LearningRateSchedule {
    @Override
    public Factor newFactor(int stepsPerEpoch, long steps) {
      return new PlateauFactor(this);
    }
  }
}
