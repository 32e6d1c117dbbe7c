package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.OptimizerSpec;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  private static LearningRate rate(LearningRateSchedule schedule, int epochs, int stepsPerEpoch) {
    return new LearningRate(new OptimizerSpec.Sgd(1, 0, schedule), epochs, stepsPerEpoch);
  }

  @Test
  void constantStaysWhereItIs() {
    LearningRate rate = rate(new LearningRateSchedule.Constant(0), 10, 5);
    assertThat(rate.at(0)).isEqualTo(1);
    assertThat(rate.at(49)).isEqualTo(1);
  }

  /** Two epochs of two steps: a quarter, a half, three quarters, full. */
  @Test
  void warmupRisesByEqualSteps() {
    LearningRate rate = rate(new LearningRateSchedule.Constant(2), 10, 2);
    assertThat(new double[] {rate.at(0), rate.at(1), rate.at(2), rate.at(3), rate.at(4)})
        .containsExactly(0.25, 0.5, 0.75, 1, 1);
  }

  /** After one epoch of warm-up, halved after every second epoch of three steps. */
  @Test
  void stepFallsAfterSoManyEpochs() {
    LearningRate rate = rate(new LearningRateSchedule.Step(2, 0.5, 1), 10, 3);
    assertThat(rate.at(2)).isEqualTo(1);
    assertThat(rate.at(3)).isEqualTo(1);
    assertThat(rate.at(8)).isEqualTo(1);
    assertThat(rate.at(9)).isEqualTo(0.5);
    assertThat(rate.at(15)).isEqualTo(0.25);
  }

  /** Half a cosine over 8 steps from 1 to 0.2: at half way (1 + 0.2) / 2. */
  @Test
  void cosineFallsFromFullToItsFloor() {
    LearningRate rate = rate(new LearningRateSchedule.Cosine(0.2, 0), 4, 2);
    assertThat(rate.at(0)).isEqualTo(1);
    assertThat(rate.at(4)).isCloseTo(0.6, within(1e-12));
    assertThat(rate.at(8)).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void plateauFallsWhenTheLossHasNotImprovedForItsPatience() {
    LearningRate rate = rate(new LearningRateSchedule.Plateau(2, 0.1, 0), 10, 1);
    double[] losses = {1.0, 0.9, 0.95, 0.8, 0.8, 0.9, 0.85, 0.85};
    double[] after = {1, 1, 1, 1, 1, 0.1, 0.1, 0.01};
    for (int epoch = 1; epoch <= losses.length; epoch++) {
      rate.afterEpoch(epoch, losses[epoch - 1]);
      assertThat(rate.at(epoch))
          .as("after epoch %s", epoch)
          .isCloseTo(after[epoch - 1], within(1e-12));
    }
  }
}
