package io.shrinklab.training;

import ai.djl.ndarray.NDManager;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.data.Task;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.RunArrays;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.SeedStream;
import io.shrinklab.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Runs that differ only in what is done to their weights, trained side by side: the data, its
 * batches and their order, and the networks' passes are common to all, and none of that knows a
 * treatment. What does is a run's own {@link Member}. A run alone is a cohort of one.
 */
final class Cohort {
  private final List<RunSpec> specs;
  private final DataSplit data;
  private final Model model;
  private final Batches batches;
  private final SplittableRandom order;
  private final CohortListener listener;

  /**
   * {@link Optimality#scale}; NaN where the networks have no one optimum, or batches are not full.
   */
  private final double optimalityScale;

  /** What the parts were made of, which is the same for all. */
  private final byte[] making;

  /** Those that still train, by their places in the model. */
  private final TreeMap<Integer, Member> members = new TreeMap<>();

  /**
   * Sets runs up.
   *
   * @param specs that {@link Cohorts#alike} says may be together
   * @param data their parts
   * @param manager owns all that is allocated
   */
  Cohort(List<RunSpec> specs, DataSplit data, NDManager manager, CohortListener listener) {
    RunSpec any = specs.get(0);
    this.specs = specs;
    this.data = data;
    this.listener = listener;
    making = npz(data);
    model = new Model(any, data, specs.size(), manager);
    batches = new Batches(data.train(), any.variant().training().batchSize(), manager);
    order = SeedStream.BATCH_ORDER.of(any.seed());
    boolean convex = any.variant().network().isLinear() && batches.all().size() == 1;
    optimalityScale = convex ? optimalityScale() : Double.NaN;
    for (int place = 0; place < specs.size(); place++) {
      try {
        members.put(place, member(place));
      } catch (PenaltyException e) {
        listener.onFailure(specs.get(place), e);
      }
    }
  }

  private Member member(int place) throws PenaltyException {
    return new Member(
        specs.get(place),
        data,
        model.parameters(place),
        model.trained(place),
        batches.all().size(),
        optimalityScale,
        listener);
  }

  /** Takes all parameters to 0 and back. */
  private double optimalityScale() {
    List<NamedParameter> parameters = model.parameters(0);
    Snapshot start = Snapshot.of(parameters);
    parameters.stream().map(NamedParameter::tensor).forEach(Tensor::clear);
    double[] scale = new double[1];
    model.backward(
        List.of(0),
        data.train(),
        0,
        (place, loss, gradients) -> scale[0] = Optimality.scale(model.trained(0), gradients));
    start.restore(parameters);
    return scale[0];
  }

  /**
   * Trains each to its last epoch, to a stop that was asked for, or to its first loss that is no
   * number; then reads the test part, once, at the weights of the epoch that it is judged at.
   */
  void train() {
    long step = 0;
    for (int epoch = 1; !members.isEmpty(); epoch++) {
      int number = epoch;
      int sharing = members.size();
      long start = System.nanoTime();
      places().forEach(place -> act(place, member -> member.startEpoch(number)));
      batches.shuffle(order);
      for (Part batch : batches.all()) {
        step(batch, step++);
      }
      double seconds = (System.nanoTime() - start) / 1e9 / sharing;
      listener.onRound();
      places().forEach(place -> endEpoch(place, seconds));
      listener.onRoundEnd();
    }
  }

  private List<Integer> places() {
    return List.copyOf(members.keySet());
  }

  private void step(Part batch, long step) {
    if (!members.isEmpty()) {
      model.backward(
          places(),
          batch,
          step,
          (place, loss, gradients) ->
              act(place, member -> member.step(batch.rows(), loss, gradients)));
    }
  }

  private void endEpoch(int place, double seconds) {
    long start = System.nanoTime();
    Evaluation train = model.evaluate(place, data.train());
    Evaluation validation = model.evaluate(place, data.validation());
    double own = (System.nanoTime() - start) / 1e9;
    act(place, member -> member.endEpoch(train, validation, seconds + own));
  }

  private interface Act {
    void on(Member member);
  }

  /** Has a member do something; one that ended by it leaves, and so does one that failed. */
  private void act(int place, Act act) {
    Member member = Objects.requireNonNull(members.get(place));
    try {
      act.on(member);
    } catch (RuntimeException e) {
      // A penalty of the user's own, say: the others have nothing to do with it.
      members.remove(place);
      listener.onFailure(specs.get(place), e);
      return;
    }
    if (member.hasEnded()) {
      members.remove(place);
      if (member.needsViolation()) {
        model.backward(
            List.of(place), data.train(), 0, (at, loss, gradients) -> member.violates(gradients));
      }
      listener.onOutcome(tested(place, member));
    }
  }

  /** Reads the test part, once, at the weights that validation chose. */
  private RunOutcome tested(int place, Member member) {
    if (!member.restoreBest()) {
      return member.outcome(null, new RunArrays(new byte[0], making, new byte[0]));
    }
    boolean keep = specs.get(place).variant().training().predictions();
    Predictions onTest = new Predictions(data.outputs());
    Evaluation test = model.evaluate(place, data.test(), keep ? onTest::add : outputs -> {});
    byte[] predictions = new byte[0];
    if (keep) {
      Predictions onValidation = new Predictions(data.outputs());
      model.evaluate(place, data.validation(), onValidation::add);
      predictions = Predictions.npz(data, onValidation, onTest);
    }
    return member.outcome(test, new RunArrays(member.bestWeights(), making, predictions));
  }

  private static byte[] npz(DataSplit data) {
    DataSplit.Making making = data.making();
    Npz npz =
        new Npz()
            .ints("train_rows", making.train())
            .ints("validation_rows", making.validation())
            .ints("test_rows", making.test())
            .texts("features", data.features())
            .doubles("mean", making.means())
            .doubles("divisor", making.divisors())
            .texts("classes", making.classes());
    if (data.task() == Task.REGRESSION) {
      npz.doubles("target_mean", making.targetMean());
      npz.doubles("target_divisor", making.targetDivisor());
    }
    return npz.done();
  }
}
