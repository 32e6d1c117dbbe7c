package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionTest {

  /** 5 * (7, 2, 1) / 10 = 3.5, 1, 0.5 for 5 of 10 rows: floors 3, 1, 0; one row to share out. */
  @Test
  void quotasGoByLargestRemainderAndThenByClass() {
    assertThat(Partition.quotas(new int[] {7, 2, 1}, 5)).containsExactly(4, 1, 0);
    assertThat(Partition.quotas(new int[] {3, 3, 3}, 4)).containsExactly(2, 1, 1);
    assertThat(Partition.quotas(new int[] {3, 0, 3}, 6)).containsExactly(3, 0, 3);
    assertThat(Partition.quotas(new int[] {3, 4}, 0)).containsExactly(0, 0);
  }

  @Test
  void everyRowIsInExactlyOnePart() {
    int[] classes = IntStream.range(0, 103).map(row -> row % 7).toArray();
    Partition parts = Partition.stratified(classes, 7, 40, 30, new SplittableRandom(5));
    int[] all =
        Stream.of(parts.train(), parts.validation(), parts.rest())
            .flatMapToInt(Arrays::stream)
            .toArray();
    Arrays.sort(all);
    assertThat(all).isEqualTo(IntStream.range(0, 103).toArray());
    assertThat(parts.train()).hasSize(40);
    assertThat(parts.validation()).hasSize(30);
    assertThat(parts.rest()).hasSize(33);
  }

  @Test
  void classesKeepTheirSharesInEveryPart() {
    // 60 rows of class 0, 30 of class 1, 10 of class 2, in blocks.
    int[] classes = IntStream.range(0, 100).map(row -> row < 60 ? 0 : row < 90 ? 1 : 2).toArray();
    Partition parts = Partition.stratified(classes, 3, 50, 30, new SplittableRandom(2));
    assertThat(counts(classes, parts.train())).containsExactly(30, 15, 5);
    assertThat(counts(classes, parts.validation())).containsExactly(18, 9, 3);
    assertThat(counts(classes, parts.rest())).containsExactly(12, 6, 2);
  }

  private static int[] counts(int[] classes, int[] rows) {
    int[] counts = new int[3];
    for (int row : rows) {
      counts[classes[row]]++;
    }
    return counts;
  }
}
