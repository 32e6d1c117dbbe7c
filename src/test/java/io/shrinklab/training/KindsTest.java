package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.experiment.Kinds;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.StrengthSchedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class KindsTest {
  @Test
  void eachKindOfOptimizerIsMade() throws PenaltyException {
    for (OptimizerSpec spec : Kinds.of(OptimizerSpec.class, "")) {
      assertThat(Optimizer.of(spec, List.of(), Regularizer.of(Specs.NONE, List.of())))
          .as(spec.toString())
          .isNotNull();
    }
  }

  @Test
  void eachScheduleBeginsWithAFactorFromZeroToOne() {
    for (LearningRateSchedule schedule : Kinds.of(LearningRateSchedule.class, "")) {
      assertThat(schedule.newFactor(1, 1).at(0)).as(schedule.toString()).isBetween(0.0, 1.0);
    }
    for (StrengthSchedule schedule : Kinds.of(StrengthSchedule.class, "")) {
      assertThat(schedule.factor(1)).as(schedule.toString()).isBetween(0.0, 1.0);
    }
  }
}
