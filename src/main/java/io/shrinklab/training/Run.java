package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.SeedStream;
import java.util.SplittableRandom;

/**
 * One run from its first weights to its outcome: data, batches and their order, and the network's
 * passes, none of which know the treatment. What does is the {@link Member}.
 */
final class Run {
  private final DataSplit data;
  private final Model model;
  private final Batches batches;
  private final SplittableRandom order;
  private final Member member;

  /**
   * Sets a run up.
   *
   * @param data the run's parts
   * @param manager owns everything that the run allocates
   */
  Run(RunSpec spec, DataSplit data, NDManager manager, Engine engine, TrainingListener listener)
      throws PenaltyException {
    this.data = data;
    model = new Model(spec, data, manager, engine);
    // Dropout is the only thing that draws from the engine's generator.
    engine.setRandomSeed(SeedStream.DROPOUT.of(spec.seed()).nextInt() & Integer.MAX_VALUE);
    batches = new Batches(data.train(), spec.variant().training().batchSize(), manager);
    order = SeedStream.BATCH_ORDER.of(spec.seed());
    member = new Member(spec, data, model, batches.all().size(), manager, listener);
  }

  /**
   * Trains to the last epoch, to a stop that was asked for, or to the first loss that is no number;
   * then reads the test part, once, at the weights that validation chose.
   */
  RunOutcome train() {
    for (int epoch = 1; !member.hasEnded(); epoch++) {
      member.startEpoch(epoch);
      batches.shuffle(order);
      for (Part batch : batches.all()) {
        if (!member.hasEnded()) {
          member.step(batch.rows(), model.backward(batch));
        }
      }
      if (!member.hasEnded()) {
        member.endEpoch(model.evaluate(data.train()), model.evaluate(data.validation()));
      }
    }
    boolean chosen = member.restoreBest();
    return member.outcome(chosen ? model.evaluate(data.test()) : null);
  }
}
