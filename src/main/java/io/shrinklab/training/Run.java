package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.experiment.RunSpec;
import io.shrinklab.experiment.SeedStream;
import io.shrinklab.experiment.TrainingSpec;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.penalty.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** One run from its first weights to its outcome. */
final class Run {
  private final RunSpec spec;
  private final TrainingListener listener;
  private final Model model;
  private final Batches batches;
  private final Regularizer regularizer;
  private final GradientBalance balance;
  private final Optimizer optimizer;
  private final LearningRate learningRate;
  private final RunLog log;
  private final List<Tensor> weights;
  private long step;

  /**
   * Sets a run up.
   *
   * @param data the run's parts
   * @param manager owns everything that the run allocates
   */
  Run(RunSpec spec, DataSplit data, NDManager manager, Engine engine, TrainingListener listener)
      throws PenaltyException {
    this.spec = spec;
    this.listener = listener;
    TrainingSpec training = spec.variant().training();
    model = new Model(spec, data, manager, engine);
    // Dropout is the only thing that draws from the engine's generator.
    engine.setRandomSeed(SeedStream.DROPOUT.of(spec.seed()).nextInt() & Integer.MAX_VALUE);
    batches = new Batches(data.train(), training.batchSize(), manager);
    List<NDArray> arrays =
        model.trained().stream().map(named -> named.parameter().getArray()).toList();
    weights = arrays.stream().map(Tensor::of).toList();
    regularizer = Regularizer.of(spec.variant().penalty(), model.trained(), manager);
    balance = new GradientBalance(regularizer, weights, manager);
    optimizer = Optimizer.of(spec.variant().optimizer(), arrays, manager);
    learningRate =
        new LearningRate(spec.variant().optimizer(), training.epochs(), batches.all().size());
    log = new RunLog(spec, model, data, regularizer);
  }

  /** Trains to the last epoch, to the end of patience, or to the first loss that is no number. */
  RunOutcome train() {
    TrainingSpec training = spec.variant().training();
    SplittableRandom order = SeedStream.BATCH_ORDER.of(spec.seed());
    for (int epoch = 1; epoch <= training.epochs() && !log.patienceIsOver(); epoch++) {
      long start = System.nanoTime();
      regularizer.startEpoch(epoch);
      batches.shuffle(order);
      double rate = 0;
      double ratio = 0;
      for (int i = 0; i < batches.all().size(); i++) {
        rate = learningRate.at(step++);
        boolean last = i == batches.all().size() - 1;
        Part batch = batches.all().get(i);
        double loss = model.backward(batch);
        if (!Double.isFinite(loss)) {
          return log.outcome(RunStatus.DIVERGED, divergence("data loss", loss, epoch));
        }
        if (last || listener.wantsSteps()) {
          GradientBalance.Norms norms = balance.measure(model.gradients());
          ratio = norms.ratio();
          tellStep(epoch, batch.rows(), loss, norms, rate);
        }
        update(rate);
      }
      EpochMetrics metrics = log.measure(epoch, rate, ratio, start);
      if (!log.isFinite(metrics)) {
        return log.outcome(
            RunStatus.DIVERGED, divergence("evaluation loss", metrics.trainLoss(), epoch));
      }
      log.add(metrics);
      listener.onEpoch(spec, metrics);
      learningRate.afterEpoch(epoch, metrics.validationLoss());
    }
    return log.outcome(RunStatus.COMPLETED, "");
  }

  private void update(double rate) {
    optimizer.startStep(rate);
    for (int i = 0; i < weights.size(); i++) {
      NDArray weight = weights.get(i).array();
      Tensor gradient = model.gradients().get(i);
      Regularizer.Term term = regularizer.term(i);
      if (term == null) {
        optimizer.update(i, weight, gradient.array(), 0, 0);
      } else {
        term.beforeUpdate(gradient);
        optimizer.update(i, weight, gradient.array(), term.coupledDecay(), term.decoupledDecay());
        if (term.isProximal()) {
          int parameter = i;
          optimizer.displace(i, weight, () -> term.proximalStep(optimizer.stepSizes(parameter)));
        } else {
          term.decoupledStep(rate);
        }
      }
    }
  }

  private void tellStep(
      int epoch, int rows, double loss, GradientBalance.Norms norms, double rate) {
    if (!listener.wantsSteps()) {
      return;
    }
    double p = spec.variant().penalty().p();
    double powerSum = regularizer.powerSum(p);
    double penalty = regularizer.cost();
    listener.onStep(
        spec,
        new StepMetrics(
            step,
            epoch,
            rows,
            loss,
            penalty,
            p == 0 ? powerSum : Math.pow(powerSum, 1 / p),
            powerSum,
            loss + penalty,
            norms.data(),
            norms.penalty(),
            rate));
  }

  private String divergence(String what, double value, int epoch) {
    return "the " + what + " became " + value + " in epoch " + epoch + " at step " + step;
  }
}
