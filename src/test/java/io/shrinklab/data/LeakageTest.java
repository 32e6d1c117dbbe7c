package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.outcome.EqualRows;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakageTest {

  @Test
  void countsRowsThatEqualATrainingRow() {
    byte[] pixels = {1, 2, /**/ 3, 4, /**/ 1, 2, /**/ 2, 1, /**/ 3, 4, /**/ 3, 4};
    Pixels images = Pixels.of(pixels, 6, new Shape(1, 1, 2), 255);
    assertThat(Leakage.of(images, new int[] {0, 1}, new int[] {2, 3}, new int[] {4, 5}))
        .isEqualTo(new EqualRows(1, 2));
    assertThat(Leakage.of(images, new int[] {3}, new int[] {0, 1}, new int[] {2, 4, 5}))
        .isEqualTo(new EqualRows(0, 0));
  }

  @Test
  void countsRowsOfTables() {
    double[] values = {1, 2, /**/ 1, 2, /**/ 1, 3};
    Columns table =
        new Columns(values, Collections.nCopies(2, Scaling.STANDARD), List.of("a", "b"));
    assertThat(Leakage.of(table, new int[] {0}, new int[] {1}, new int[] {2}))
        .isEqualTo(new EqualRows(1, 0));
  }
}
