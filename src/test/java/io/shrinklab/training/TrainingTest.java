package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.DECOUPLED;
import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.data.DataSets;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.penalty.LayerRules;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.EarlyStopping;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.Pruning;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import io.shrinklab.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private final Training training = new Training(new DataSets(null));

  @Test
  void theSameSpecificationGivesTheSameBits() throws Exception {
    RunSpec spec =
        Specs.digits(
            Specs.lp(1, 1e-3, GRADIENT), Specs.adam(), Specs.epochs(3, 32), Specs.mlp(0.3, true));
    RunOutcome once = run(spec);
    // Another run between: neither the engine's generator nor any state may carry over.
    run(Specs.digits(Specs.NONE, Specs.sgd(0.1, 0.9), Specs.epochs(1, 50), Specs.mlp(0.5, false)));
    RunOutcome again = run(spec);
    assertThat(again.weights().sha256()).isEqualTo(once.weights().sha256());
    assertThat(again.weights().npz()).isEqualTo(once.weights().npz());
    assertThat(untimed(again)).isEqualTo(untimed(once));
    assertThat(again.best()).isEqualTo(once.best());
  }

  @Test
  void anotherSeedGivesOtherBits() throws Exception {
    RunSpec spec = Specs.digits(Specs.NONE);
    RunSpec other = new RunSpec(spec.variant(), spec.seed() + 1);
    assertThat(run(other).weights().sha256()).isNotEqualTo(run(spec).weights().sha256());
  }

  /**
   * Paired: before the first step nothing differs, so the first batch's loss is the same number.
   */
  @Test
  void variantsShareInitialWeightsAndBatchOrder() throws Exception {
    List<Double> first = new ArrayList<>();
    for (PenaltySpec penalty :
        List.of(
            Specs.NONE,
            new PenaltySpec.WeightDecay(0.02, Scope.ALL),
            Specs.lp(0.5, 1e-2, GRADIENT),
            Specs.lp(1, 1e-2, PROXIMAL),
            Specs.lp(3, 1e-2, DECOUPLED))) {
      RunSpec spec =
          Specs.digits(penalty, Specs.adam(), Specs.epochs(1, 32), Specs.mlp(0.3, false));
      first.add(steps(spec).get(0).dataLoss());
    }
    assertThat(first).hasSize(5);
    assertThat(Set.copyOf(first)).hasSize(1);
  }

  /** A penalty of strength 0 is none: every batch of every epoch is the same. */
  @Test
  void strengthZeroTrainsAsNone() throws Exception {
    String none = run(Specs.digits(Specs.NONE)).weights().sha256();
    for (PenaltySpec penalty :
        List.of(
            Specs.lp(1, 0, GRADIENT),
            Specs.lp(2, 0, GRADIENT),
            Specs.lp(1.3, 0, GRADIENT),
            Specs.lp(0, 0, PROXIMAL),
            Specs.lp(0.7, 0, PROXIMAL),
            Specs.lp(1, 0, PROXIMAL),
            Specs.lp(1.5, 0, DECOUPLED))) {
      assertThat(run(Specs.digits(penalty)).weights().sha256())
          .as(penalty.toString())
          .isEqualTo(none);
    }
  }

  /** wd = 2 * lambda on the same parameters is one treatment under two names. */
  @Test
  void coupledDecayIsRidgeWithHalfItsStrength() throws Exception {
    for (var optimizer : List.of(Specs.adam(), Specs.sgd(0.1, 0.9))) {
      PenaltySpec decay = new PenaltySpec.WeightDecay(0.02, Scope.WEIGHTS);
      RunOutcome one = run(Specs.digits(decay, optimizer, Specs.epochs(3, 32), Specs.mlp(0, true)));
      RunOutcome two =
          run(
              Specs.digits(
                  Specs.lp(2, 0.01, GRADIENT), optimizer, Specs.epochs(3, 32), Specs.mlp(0, true)));
      assertThat(one.weights().sha256()).isEqualTo(two.weights().sha256());
      assertThat(untimed(one)).isEqualTo(untimed(two));
    }
  }

  @Test
  void elasticNetWithoutItsFirstPartIsRidge() throws Exception {
    RunOutcome ridge = run(Specs.digits(Specs.lp(2, 0.01, PROXIMAL)));
    RunOutcome net = run(Specs.digits(Specs.elasticNet(0, 0.01, PROXIMAL)));
    assertThat(net.weights().sha256()).isEqualTo(ridge.weights().sha256());
  }

  /**
   * 200 rows in batches of 199 leave one row, of which batch normalization has no variance: it
   * joins the others.
   */
  @Test
  void aSingleRowThatIsLeftJoinsTheBatchBefore() throws Exception {
    RunSpec spec = Specs.digits(Specs.NONE, Specs.adam(), Specs.epochs(2, 199), Specs.mlp(0, true));
    assertThat(steps(spec)).extracting(StepMetrics::rows).containsExactly(200, 200);
    assertThat(run(spec).status()).isEqualTo(RunStatus.COMPLETED);
    RunSpec single =
        Specs.digits(Specs.NONE, Specs.adam(), Specs.epochs(1, 1), Specs.mlp(0, false));
    assertThat(steps(single)).hasSize(200).extracting(StepMetrics::rows).containsOnly(1);
  }

  @Test
  void everyEpochIsARowWithThePenaltyApartFromTheDataLoss() throws Exception {
    RunOutcome outcome = run(Specs.digits(Specs.lp(2, 0.01, GRADIENT)));
    assertThat(outcome.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(outcome.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3);
    for (EpochMetrics row : outcome.epochs()) {
      assertThat(row.penalty()).isCloseTo(0.01 * row.lpPowerSum(), within(1e-9));
      assertThat(row.lpNorm()).isCloseTo(Math.sqrt(row.lpPowerSum()), within(1e-9));
      assertThat(row.totalLoss()).isEqualTo(row.trainLoss() + row.penalty());
      assertThat(row.learningRate()).isEqualTo(0.001);
      assertThat(row.gradientRatio()).isPositive();
    }
    assertThat(outcome.sizes().train()).isEqualTo(200);
    assertThat(outcome.sizes().test()).isEqualTo(1797 - 300);
  }

  @Test
  void aVariantWithoutPenaltyStillHasItsNorm() throws Exception {
    RunOutcome outcome = run(Specs.digits(Specs.NONE));
    for (EpochMetrics row : outcome.epochs()) {
      assertThat(row.penalty()).isZero();
      assertThat(row.gradientRatio()).isZero();
      assertThat(row.lpNorm()).isCloseTo(Math.sqrt(row.lpPowerSum()), within(1e-9));
    }
  }

  /** 64*16 + 16*8 + 8*10 weights in three layers; the rows of the layers add up to the epoch's. */
  @Test
  void layersAddUpToTheEpoch() throws Exception {
    RunOutcome outcome = run(Specs.digits(Specs.lp(1, 1e-3, PROXIMAL)));
    List<LayerMetrics> last = outcome.layers().stream().filter(row -> row.epoch() == 3).toList();
    assertThat(last)
        .extracting(LayerMetrics::layer)
        .containsExactly("dense1.weight", "dense2.weight", "output.weight");
    assertThat(last).extracting(LayerMetrics::weights).containsExactly(1024L, 128L, 80L);
    assertThat(last.stream().mapToDouble(LayerMetrics::lpPowerSum).sum())
        .isCloseTo(outcome.epochs().get(2).lpPowerSum(), within(1e-9));
    for (LayerMetrics row : last) {
      assertThat(row.histogram().stream().mapToLong(Integer::longValue).sum())
          .isEqualTo(row.weights());
    }
  }

  @Test
  void theBestEpochIsTheFirstOfTheHighestValidationScore() throws Exception {
    RunOutcome outcome =
        run(
            Specs.digits(
                Specs.NONE, Specs.sgd(0.1, 0.9), Specs.epochs(25, 32), Specs.mlp(0, false)));
    EpochMetrics expected =
        outcome.epochs().stream()
            .max(
                Comparator.comparingDouble(EpochMetrics::validationScore)
                    .thenComparing(Comparator.comparingInt(EpochMetrics::epoch).reversed()))
            .orElseThrow();
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(best.epoch()).isEqualTo(expected.epoch());
    assertThat(best.validationScore()).isEqualTo(expected.validationScore());
    assertThat(best.testScore()).isBetween(0.8, 1.0);
  }

  @Test
  void scopeWeightsLeavesBiasesAndScalesAlone() throws Exception {
    List<Double> norms = new ArrayList<>();
    for (Scope scope : List.of(Scope.WEIGHTS, Scope.WEIGHTS_AND_SCALES, Scope.ALL)) {
      PenaltySpec penalty =
          new PenaltySpec.Lp(
              2, new Lambda(0.01), scope, GRADIENT, 1e-8, null, new StrengthSchedule.Constant());
      RunSpec spec = Specs.digits(penalty, Specs.adam(), Specs.epochs(1, 200), Specs.mlp(0, true));
      norms.add(steps(spec).get(0).lpPowerSum());
    }
    // At the start biases and shifts are 0 and the 16 + 8 scales are 1.
    assertThat(norms.get(1)).isCloseTo(norms.get(0) + 24, within(1e-4));
    assertThat(norms.get(2)).isCloseTo(norms.get(1), within(1e-9));
  }

  @Test
  void aRuleChoosesLayersAndGivesThemTheirOwnStrength() throws Exception {
    PenaltySpec penalty =
        layers(new LayerRule("dense2*", new Lambda(0.5)), new LayerRule("output.weight", null));
    RunOutcome outcome =
        run(Specs.digits(penalty, Specs.adam(), Specs.epochs(1, 32), Specs.mlp(0, false)));
    List<LayerMetrics> rows = outcome.layers();
    double expected = 0.5 * rows.get(1).lpPowerSum() + 0.01 * rows.get(2).lpPowerSum();
    assertThat(outcome.epochs().get(0).penalty()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void aRuleThatChoosesNothingIsRefusedWithTheLayersThatThereAre() {
    RunSpec spec = Specs.digits(layers(new LayerRule("conv*", null)));
    assertThatThrownBy(() -> run(spec))
        .isInstanceOf(PenaltyException.class)
        .hasMessageContaining("found \"conv*\", which matches no parameter in scope")
        .hasMessageContaining("dense1.weight, dense2.weight, output.weight");
  }

  @Test
  void rulesAreHeldAgainstTheNetworkBeforeAnythingIsTrained() throws Exception {
    LayerRules.check(List.of(Specs.digits(layers(new LayerRule("dense?.weight", null))).variant()));
    RunSpec spec = Specs.digits(layers(new LayerRule("norm*", null)));
    assertThatThrownBy(() -> LayerRules.check(List.of(spec.variant())))
        .isInstanceOf(PenaltyException.class)
        .hasMessageContaining("variant test: penalty.layers: found \"norm*\"")
        .hasMessageContaining("dense1.weight, dense2.weight, output.weight");
  }

  @Test
  void aLossThatIsNoNumberIsADivergenceWithEpochAndStep() throws Exception {
    RunOutcome outcome =
        run(
            Specs.digits(
                Specs.lp(4, 1e3, GRADIENT),
                Specs.sgd(10, 0),
                Specs.epochs(5, 32),
                Specs.mlp(0, false)));
    assertThat(outcome.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(outcome.reason()).containsPattern("became (NaN|-?Infinity) in epoch 1 at step \\d+");
    assertThat(outcome.epochs()).isEmpty();
    assertThat(outcome.best()).isNull();
  }

  @Test
  void epochsBeforeADivergenceAreKept() throws Exception {
    RunOutcome outcome =
        run(Specs.digits(growing(), Specs.sgd(1, 0), Specs.epochs(20, 32), Specs.mlp(0, false)));
    assertThat(outcome.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(outcome.epochs()).isNotEmpty();
    assertThat(outcome.best()).isNotNull();
    assertThat(outcome.epochs())
        .allSatisfy(
            row -> {
              assertThat(row.trainLoss()).isFinite();
              assertThat(row.validationScore()).isFinite();
            });
  }

  @Test
  void earlyStoppingWaitsForItsPatienceSinceTheBestSoFar() throws Exception {
    RunOutcome outcome =
        run(Specs.digits(Specs.NONE, Specs.adam(), Specs.stopping(200, 4), Specs.mlp(0, false)));
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(outcome.epochs()).hasSizeLessThan(200);
    assertThat(outcome.epochs()).hasSize(best.epoch() + 4);
    assertThat(outcome.reason())
        .isEqualTo(
            "stopped early after epoch "
                + (best.epoch() + 4)
                + " of 200: no better validation score for 4 epochs");
  }

  /**
   * Three runs without any rule tell what the stopped one must have seen: as long as itself, as
   * long as its best epoch, and as long as was planned.
   */
  @Test
  void aStoppedRunIsTheFreeOneUpToThereAndTestsItsBestEpoch() throws Exception {
    NetworkSpec network = Specs.mlp(0.3, true);
    RunOutcome stopped =
        run(Specs.digits(Specs.NONE, Specs.adam(), Specs.stopping(200, 4), network));
    BestEpoch best = stopped.best();
    assertThat(best).isNotNull();
    int length = stopped.epochs().size();
    assertThat(length).isEqualTo(best.epoch() + 4);

    RunOutcome asLong =
        run(Specs.digits(Specs.NONE, Specs.adam(), Specs.epochs(length, 32), network));
    assertThat(asLong.reason()).isEmpty();
    assertThat(untimed(stopped)).isEqualTo(untimed(asLong));
    assertThat(stopped.layers()).isEqualTo(asLong.layers());
    assertThat(stopped.best()).isEqualTo(asLong.best());
    assertThat(stopped.weights().npz()).as("of its last epoch").isEqualTo(asLong.weights().npz());

    RunOutcome toTheBest =
        run(Specs.digits(Specs.NONE, Specs.adam(), Specs.epochs(best.epoch(), 32), network));
    assertThat(toTheBest.best()).as("tested with its last weights").isEqualTo(best);
    assertThat(toTheBest.weights().sha256()).isNotEqualTo(stopped.weights().sha256());

    RunOutcome planned =
        run(Specs.digits(Specs.NONE, Specs.adam(), Specs.epochs(length + 10, 32), network));
    assertThat(untimed(planned).subList(0, length)).isEqualTo(untimed(stopped));
  }

  /** Nobody's accuracy ever gains more than 1, so the first epoch is the last progress. */
  @Test
  void gainsBelowTheMinimumChangeEndARunAndStillChooseTheBestEpoch() throws Exception {
    TrainingSpec training =
        new TrainingSpec(20, 32, 0, 0.001, new EarlyStopping(7, 1), new Pruning(3, 0.01), 0);
    RunOutcome outcome = run(Specs.digits(Specs.NONE, Specs.adam(), training, Specs.mlp(0, false)));
    assertThat(outcome.reason())
        .isEqualTo(
            "stopped early after epoch 8 of 20: no validation score better by more than 1.0 for 7"
                + " epochs");
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(best.epoch()).isGreaterThan(1);
    assertThat(best.validationScore())
        .isEqualTo(
            outcome.epochs().stream()
                .mapToDouble(EpochMetrics::validationScore)
                .max()
                .orElseThrow());
  }

  @Test
  void aDivergenceIsNoStopWhateverRulesThereAre() throws Exception {
    TrainingSpec training =
        new TrainingSpec(20, 32, 0, 0.001, new EarlyStopping(19, 0), new Pruning(19, 1), 0);
    RunOutcome outcome =
        run(Specs.digits(growing(), Specs.sgd(1, 0), training, Specs.mlp(0, false)));
    assertThat(outcome.status()).isEqualTo(RunStatus.DIVERGED);
    assertThat(outcome.reason()).contains(" became ");
    BestEpoch best = outcome.best();
    assertThat(best).isNotNull();
    assertThat(best.epoch()).isLessThanOrEqualTo(outcome.epochs().size());
    // Read at the weights of that epoch, not at those that are no numbers.
    assertThat(best.testLoss()).isFinite();
  }

  @Test
  void aRunBelowTheBarIsPrunedThereAndSaysSo() throws Exception {
    RunOutcome pruned =
        run(Specs.digits(Specs.NONE, Specs.adam(), pruning(3, 0.99), Specs.mlp(0, false)));
    assertThat(pruned.status()).isEqualTo(RunStatus.COMPLETED);
    assertThat(pruned.epochs()).hasSize(3);
    assertThat(pruned.reason())
        .startsWith("pruned after epoch 3 of 6: best validation score 0.")
        .endsWith(" is below 0.99");
    assertThat(pruned.best()).isNotNull();
    RunOutcome kept =
        run(Specs.digits(Specs.NONE, Specs.adam(), pruning(3, 0.01), Specs.mlp(0, false)));
    assertThat(kept.epochs()).hasSize(6);
    assertThat(kept.reason()).isEmpty();
    // What was not cut is the run without pruning, to the bit.
    RunOutcome free =
        run(Specs.digits(Specs.NONE, Specs.adam(), Specs.epochs(6, 32), Specs.mlp(0, false)));
    assertThat(kept.weights().sha256()).isEqualTo(free.weights().sha256());
  }

  private static TrainingSpec pruning(int afterEpochs, double minimumScore) {
    return new TrainingSpec(6, 32, 0, 0.001, null, new Pruning(afterEpochs, minimumScore), 0);
  }

  @Test
  void stepsAreToldWithTheArticlesQuantities() throws Exception {
    List<StepMetrics> steps = steps(Specs.digits(Specs.lp(1, 1e-3, GRADIENT)));
    // 200 rows in batches of 32 are 7 steps, three epochs of them.
    assertThat(steps).hasSize(21);
    assertThat(steps.get(6).rows()).isEqualTo(8);
    assertThat(steps.get(20).step()).isEqualTo(21);
    assertThat(steps.get(20).epoch()).isEqualTo(3);
    for (StepMetrics step : steps) {
      assertThat(step.totalLoss()).isEqualTo(step.dataLoss() + step.penalty());
      assertThat(step.penalty()).isCloseTo(1e-3 * step.lpPowerSum(), within(1e-12));
      // The gradient of lambda |w| has size lambda on each of the 1232 weights.
      assertThat(step.penaltyGradientNorm()).isCloseTo(1e-3 * Math.sqrt(1232), within(1e-7));
    }
  }

  /**
   * A step multiplies weights by 1 - rate * 2 lambda: with a rate of 1 and 20 epochs by 0 in the
   * first and by -19 in the last.
   */
  private static PenaltySpec growing() {
    return new PenaltySpec.Lp(
        2, new Lambda(10), Scope.WEIGHTS, GRADIENT, 1e-8, null, new StrengthSchedule.Warmup(20));
  }

  private static PenaltySpec layers(LayerRule... rules) {
    return new PenaltySpec.Lp(
        2,
        new Lambda(0.01),
        Scope.WEIGHTS,
        GRADIENT,
        1e-8,
        List.of(rules),
        new StrengthSchedule.Constant());
  }

  private RunOutcome run(RunSpec spec) throws Exception {
    return training.run(List.of(spec), TrainingListener.SILENT).get(0);
  }

  private List<StepMetrics> steps(RunSpec spec) throws Exception {
    List<StepMetrics> steps = new ArrayList<>();
    training.run(
        List.of(spec),
        new TrainingListener() {
          @Override
          public void onStep(RunSpec told, StepMetrics metrics) {
            steps.add(metrics);
          }

          @Override
          public boolean wantsSteps() {
            return true;
          }
        });
    return steps;
  }

  /** Every column but the one that holds a time. */
  private static List<List<Double>> untimed(RunOutcome outcome) {
    return outcome.epochs().stream()
        .map(
            row ->
                Stream.of(
                        (double) row.epoch(),
                        row.trainLoss(),
                        row.trainScore(),
                        row.validationLoss(),
                        row.validationScore(),
                        row.penalty(),
                        row.lpNorm(),
                        row.lpPowerSum(),
                        row.nearZeroFraction(),
                        row.learningRate(),
                        row.totalLoss(),
                        row.exactZeroFraction(),
                        row.gradientRatio(),
                        row.trainAccuracy(),
                        row.validationAccuracy())
                    .toList())
        .toList();
  }
}
