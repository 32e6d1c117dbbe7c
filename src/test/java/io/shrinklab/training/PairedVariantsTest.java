package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.DECOUPLED;
import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs of one seed differ by their treatment alone: equal treatments are equal runs. */
@ExtendWith(EngineExtension.class)
class PairedVariantsTest {

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
      first.add(spec().penalty(penalty).epochs(1).dropout(0.3).steps().get(0).dataLoss());
    }
    assertThat(first).hasSize(5);
    assertThat(Set.copyOf(first)).hasSize(1);
  }

  /** A penalty of strength 0 is none: every batch of every epoch is the same. */
  @Test
  void strengthZeroTrainsAsNone() throws Exception {
    String none = spec().train().weights().sha256();
    for (PenaltySpec penalty :
        List.of(
            Specs.lp(1, 0, GRADIENT),
            Specs.lp(2, 0, GRADIENT),
            Specs.lp(1.3, 0, GRADIENT),
            Specs.lp(0, 0, PROXIMAL),
            Specs.lp(0.7, 0, PROXIMAL),
            Specs.lp(1, 0, PROXIMAL),
            Specs.lp(1.5, 0, DECOUPLED))) {
      assertThat(spec().penalty(penalty).train().weights().sha256())
          .as(penalty.toString())
          .isEqualTo(none);
    }
  }

  /** wd = 2 * lambda on the same parameters is one treatment under two names. */
  @Test
  void coupledDecayIsRidgeWithHalfItsStrength() throws Exception {
    PenaltySpec decay = new PenaltySpec.WeightDecay(0.02, Scope.WEIGHTS);
    for (OptimizerSpec optimizer : List.of(Specs.adam(), Specs.sgd(0.1, 0.9))) {
      RunOutcome one = spec().penalty(decay).optimizer(optimizer).batchNorm().train();
      RunOutcome two =
          spec().penalty(Specs.lp(2, 0.01, GRADIENT)).optimizer(optimizer).batchNorm().train();
      assertThat(one.weights().sha256()).isEqualTo(two.weights().sha256());
      assertThat(Untimed.rows(one)).isEqualTo(Untimed.rows(two));
    }
  }

  @Test
  void elasticNetWithoutItsFirstPartIsRidge() throws Exception {
    RunOutcome ridge = spec().penalty(Specs.lp(2, 0.01, PROXIMAL)).train();
    RunOutcome net = spec().penalty(Specs.elasticNet(0, 0.01, PROXIMAL)).train();
    assertThat(net.weights().sha256()).isEqualTo(ridge.weights().sha256());
  }
}
