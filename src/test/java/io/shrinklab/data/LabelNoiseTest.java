package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelNoiseTest {

  /** With a million classes a drawn label practically never is the old one, so draws are seen. */
  @ParameterizedTest
  @CsvSource({"0,0", "0.2,80", "0.0012,0", "0.00126,1", "1,400"})
  void replacesTheExactRoundedCount(double share, int expected) {
    int[] labels = new int[400];
    int[] noisy = LabelNoise.apply(labels, 1_000_000, share, new SplittableRandom(9));
    int changed = 0;
    for (int label : noisy) {
      changed += label == 0 ? 0 : 1;
    }
    assertThat(changed).isEqualTo(expected);
    assertThat(labels).containsOnly(0);
  }
}
