package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationTest {

  @Test
  void holdsEveryNumberOnce() {
    int[] order = Permutation.of(1000, new SplittableRandom(1));
    Arrays.sort(order);
    assertThat(order).isEqualTo(IntStream.range(0, 1000).toArray());
  }

  @Test
  void ofNothingIsEmptyAndOfOneIsItself() {
    assertThat(Permutation.of(0, new SplittableRandom(1))).isEmpty();
    assertThat(Permutation.of(1, new SplittableRandom(1))).containsExactly(0);
  }

  /** A uniform order has one fixed point on average, with variance one, whatever its length. */
  @Test
  void hasOneFixedPointOnAverage() {
    SplittableRandom random = new SplittableRandom(7);
    int shuffles = 5000;
    int fixed = 0;
    for (int shuffle = 0; shuffle < shuffles; shuffle++) {
      int[] order = Permutation.of(6, random);
      for (int i = 0; i < order.length; i++) {
        fixed += order[i] == i ? 1 : 0;
      }
    }
    // Five standard errors: sqrt(5000) = 71.
    assertThat((double) fixed).isCloseTo(shuffles, within(355.0));
  }

  /** Chi-square over the 24 orders of four; 23 degrees of freedom, 49.7 is the 0.999 quantile. */
  @Test
  void drawsEveryOrderEquallyOften() {
    SplittableRandom random = new SplittableRandom(11);
    Map<String, Integer> counts = new HashMap<>();
    int draws = 24_000;
    for (int draw = 0; draw < draws; draw++) {
      counts.merge(Arrays.toString(Permutation.of(4, random)), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    double chiSquare =
        counts.values().stream().mapToDouble(n -> (n - 1000.0) * (n - 1000.0) / 1000).sum();
    assertThat(chiSquare).isLessThan(49.7);
  }

  @Test
  void dependsOnTheGeneratorAlone() {
    assertThat(Permutation.of(50, new SplittableRandom(3)))
        .isEqualTo(Permutation.of(50, new SplittableRandom(3)))
        .isNotEqualTo(Permutation.of(50, new SplittableRandom(4)));
  }
}
