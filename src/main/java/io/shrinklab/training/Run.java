package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.SeedStream;
import io.shrinklab.spec.TrainingSpec;
import java.util.SplittableRandom;

/** One run from its first weights to its outcome. */
final class Run {
  private final RunSpec spec;
  private final TrainingListener listener;
  private final Model model;
  private final Batches batches;
  private final Step step;
  private final LearningRate learningRate;
  private final RunLog log;
  private long steps;

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
    step = new Step(spec.variant(), model, manager);
    learningRate =
        new LearningRate(spec.variant().optimizer(), training.epochs(), batches.all().size());
    log = new RunLog(spec, model, data, step.regularizer());
  }

  /**
   * Trains to the last epoch, to a stop that was asked for, or to the first loss that is no number.
   */
  RunOutcome train() {
    TrainingSpec training = spec.variant().training();
    StopRule stop = new StopRule(training);
    SplittableRandom order = SeedStream.BATCH_ORDER.of(spec.seed());
    for (int epoch = 1; epoch <= training.epochs() && !stop.isOver(); epoch++) {
      long start = System.nanoTime();
      step.regularizer().startEpoch(epoch);
      batches.shuffle(order);
      double rate = 0;
      double ratio = 0;
      for (int i = 0; i < batches.all().size(); i++) {
        rate = learningRate.at(steps++);
        boolean last = i == batches.all().size() - 1;
        Part batch = batches.all().get(i);
        double loss = model.backward(batch);
        if (!Double.isFinite(loss)) {
          return log.outcome(RunStatus.DIVERGED, divergence("data loss", loss, epoch));
        }
        if (last || listener.wantsSteps()) {
          GradientBalance.Norms norms = step.balance();
          ratio = norms.ratio();
          tellStep(epoch, batch.rows(), loss, norms, rate);
        }
        step.update(rate);
      }
      step.endEpoch();
      EpochMetrics metrics = log.measure(epoch, rate, ratio, start);
      if (!log.isFinite(metrics)) {
        return log.outcome(
            RunStatus.DIVERGED, divergence("evaluation loss", metrics.trainLoss(), epoch));
      }
      log.add(metrics);
      stop.afterEpoch(epoch, metrics.validationScore());
      listener.onEpoch(spec, metrics);
      learningRate.afterEpoch(epoch, metrics.validationLoss());
    }
    return log.outcome(RunStatus.COMPLETED, stop.reason());
  }

  private void tellStep(
      int epoch, int rows, double loss, GradientBalance.Norms norms, double rate) {
    if (!listener.wantsSteps()) {
      return;
    }
    double p = spec.variant().penalty().p();
    double powerSum = step.regularizer().powerSum(p);
    double penalty = step.regularizer().cost();
    listener.onStep(
        spec,
        new StepMetrics(
            steps,
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
    return "the " + what + " became " + value + " in epoch " + epoch + " at step " + steps;
  }
}
