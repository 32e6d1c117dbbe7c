package io.shrinklab.penalty;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.shrinklab.experiment.Kinds;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.training.HuberPenalty;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindsTest {
  @Test
  void eachKindOfPenaltyHasItsTerms() {
    for (PenaltySpec spec : Kinds.of(PenaltySpec.class, HuberPenalty.class.getName())) {
      assertThatCode(() -> Penalties.terms(spec, List.of()))
          .as(spec.toString())
          .doesNotThrowAnyException();
    }
  }
}
