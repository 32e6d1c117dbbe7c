package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NormalsTest {
  /** Beyond what is remembered, each number is drawn when it is asked for. */
  private static final long TOO_MANY = 1L << 40;

  @Test
  void theNumbersAreTheSameWhateverWasAskedBefore() {
    float[] drawn = first(new Normals(TOO_MANY));

    assertThat(first(new Normals(20))).isEqualTo(drawn);
    assertThat(first(new Normals(1000))).isEqualTo(drawn);
    assertThat(first(new Normals(20))).isEqualTo(drawn);
  }

  private static float[] first(Normals normals) {
    float[] numbers = new float[20];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = normals.next();
    }
    return numbers;
  }
}
