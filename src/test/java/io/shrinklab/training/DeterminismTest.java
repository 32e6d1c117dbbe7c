package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A specification decides every bit of its run. */
@ExtendWith(EngineExtension.class)
class DeterminismTest {

  @Test
  void theSameSpecificationGivesTheSameBits() throws Exception {
    Specs.Builder spec = spec().penalty(Specs.lp(1, 1e-3, GRADIENT)).dropout(0.3).batchNorm();
    RunOutcome once = spec.train();
    // Another run between: neither the engine's generator nor any state may carry over.
    spec().optimizer(Specs.sgd(0.1, 0.9)).epochs(1).batchSize(50).dropout(0.5).train();
    RunOutcome again = spec.train();
    assertThat(again.weights().sha256()).isEqualTo(once.weights().sha256());
    assertThat(again.weights().npz()).isEqualTo(once.weights().npz());
    assertThat(Untimed.rows(again)).isEqualTo(Untimed.rows(once));
    assertThat(again.best()).isEqualTo(once.best());
  }

  @Test
  void anotherSeedGivesOtherBits() throws Exception {
    assertThat(spec().seed(4).train().weights().sha256())
        .isNotEqualTo(spec().seed(3).train().weights().sha256());
  }
}
