package io.shrinklab.spec;

/** The rule that turns gradients into steps. It carries no weight decay: that is a penalty here. */
@RefusedKinds(
    value = {"nag", "rmsprop", "adagrad", "adadelta"},
    reason = "DJL's PyTorch engine cannot run this optimizer, it throws; use sgd or adam")
public sealed interface OptimizerSpec {

  /** Step size at full height of the schedule. */
  double learningRate();

  /** How the step size changes over training. */
  LearningRateSchedule schedule();

  /** Stochastic gradient descent. */
  @Kind("sgd")
  @Doc(
      "Stochastic gradient descent, with heavy-ball momentum if asked (Nesterov's is not in the engine).")
  record Sgd(
      @Doc("Step size.") @Range(min = 0, aboveMin = true, max = 1000) double learningRate,
      @Doc("Momentum, 0 for none.") @Range(min = 0, max = 1, belowMax = true) @Default("0")
          double momentum,
      @Doc("How the learning rate changes.") @Default("{\"kind\": \"constant\"}")
          LearningRateSchedule schedule)
      implements OptimizerSpec {}

  /** Adam (Kingma and Ba 2015). */
  @Kind("adam")
  @Doc("Adam (Kingma and Ba 2015).")
  record Adam(
      @Doc("Step size.") @Range(min = 0, aboveMin = true, max = 1000) @Default("0.001")
          double learningRate,
      @Doc("Decay of the first moment.") @Range(min = 0, max = 1, belowMax = true) @Default("0.9")
          double beta1,
      @Doc("Decay of the second moment.")
          @Range(min = 0, max = 1, belowMax = true)
          @Default("0.999")
          double beta2,
      @Doc("Added to the root of the second moment, which is not bias-corrected there.")
          @Range(min = 0, aboveMin = true, max = 1)
          @Default("1e-8")
          double epsilon,
      @Doc("How the learning rate changes.") @Default("{\"kind\": \"constant\"}")
          LearningRateSchedule schedule)
      implements OptimizerSpec {}

  /** AdamW (Loshchilov and Hutter 2019). */
  @Kind("adamw")
  @Doc(
      "AdamW (Loshchilov and Hutter 2019): Adam whose decay, given as penalty decoupled-weight-decay, is decoupled.")
  record AdamW(
      @Doc("Step size.") @Range(min = 0, aboveMin = true, max = 1000) @Default("0.001")
          double learningRate,
      @Doc("Decay of the first moment.") @Range(min = 0, max = 1, belowMax = true) @Default("0.9")
          double beta1,
      @Doc("Decay of the second moment.")
          @Range(min = 0, max = 1, belowMax = true)
          @Default("0.999")
          double beta2,
      @Doc("Added to the root of the second moment, which is not bias-corrected there.")
          @Range(min = 0, aboveMin = true, max = 1)
          @Default("1e-8")
          double epsilon,
      @Doc("How the learning rate changes.") @Default("{\"kind\": \"constant\"}")
          LearningRateSchedule schedule)
      implements OptimizerSpec {}
}
