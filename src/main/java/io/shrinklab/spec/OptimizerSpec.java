package io.shrinklab.spec;

/** The rule that turns gradients into steps. It carries no weight decay: that is a penalty here. */
@RefusedKinds(
    value = {"nag", "rmsprop", "adagrad", "adadelta"},
    reason = "DJL's PyTorch engine cannot run this optimizer, it throws; use sgd or adam")
public sealed interface OptimizerSpec permits OptimizerSpec.Sgd, OptimizerSpec.Moments {

  /** Step size at full height of the schedule. */
  @Doc("Step size.")
  @Range(min = 0, aboveMin = true, max = 1000)
  double learningRate();

  /** How the step size changes over training. */
  @Doc("How the learning rate changes.")
  @Default("{\"kind\": \"constant\"}")
  LearningRateSchedule schedule();

  /** Whether a step is the learning rate times the gradient, whatever came before. */
  boolean isPlainDescent();

  /** Whether it gives each weight a step size of its own. */
  default boolean scalesSteps() {
    return !isPlainDescent() && momentum() == 0;
  }

  /** What a velocity keeps of itself from step to step; 0 where there is none. */
  default double momentum() {
    return 0;
  }

  /** What it is where nothing decays: itself; AdamW, whose name stands for its decay, is Adam. */
  default OptimizerSpec withoutDecay() {
    return this;
  }

  /** Stochastic gradient descent. */
  @Kind("sgd")
  @Doc(
      "Stochastic gradient descent, with heavy-ball momentum if asked (Nesterov's is not in the engine).")
  record Sgd(
      double learningRate,
      @Doc("Momentum, 0 for none.") @Range(min = 0, max = 1, belowMax = true) @Default("0")
          double momentum,
      LearningRateSchedule schedule)
      implements OptimizerSpec {
    @Override
    public boolean isPlainDescent() {
      return momentum == 0;
    }
  }

  /** Steps scaled by running moments of the gradient. */
  sealed interface Moments extends OptimizerSpec permits Adam, AdamW {
    @Override
    @Default("0.001")
    double learningRate();

    /** Decay of the first moment. */
    @Doc("Decay of the first moment.")
    @Range(min = 0, max = 1, belowMax = true)
    @Default("0.9")
    double beta1();

    /** Decay of the second moment. */
    @Doc("Decay of the second moment.")
    @Range(min = 0, max = 1, belowMax = true)
    @Default("0.999")
    double beta2();

    /** Added to the root of the second moment. */
    @Doc("Added to the root of the second moment, which is not bias-corrected there.")
    @Range(min = 0, aboveMin = true, max = 1)
    @Default("1e-8")
    double epsilon();

    @Override
    default boolean isPlainDescent() {
      return false;
    }
  }

  /** Adam (Kingma and Ba 2015). */
  @Kind("adam")
  @Doc("Adam (Kingma and Ba 2015).")
  record Adam(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      LearningRateSchedule schedule)
      implements Moments {}

  /** AdamW (Loshchilov and Hutter 2019). */
  @Kind("adamw")
  @Doc(
      "AdamW (Loshchilov and Hutter 2019): Adam whose decay, given as penalty decoupled-weight-decay, is decoupled.")
  record AdamW(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      LearningRateSchedule schedule)
      implements Moments {
    @Override
    public OptimizerSpec withoutDecay() {
      return new Adam(learningRate, beta1, beta2, epsilon, schedule);
    }
  }
}
