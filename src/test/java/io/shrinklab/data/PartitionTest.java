package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Patients with one to seven rows each, every third of them ill. */
  private static final int[] PATIENTS =
      IntStream.range(0, 120).flatMap(i -> IntStream.generate(() -> i).limit(1 + i % 7)).toArray();

  private static final Classes GROUPS = new Classes(PATIENTS, 120);
  private static final Classes ILL =
      new Classes(Arrays.stream(PATIENTS).map(patient -> patient % 3 == 0 ? 1 : 0).toArray(), 2);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void groupsAreInOnePartEachAndPartsAsLargeAsTheyAllow(int seed) {
    // 17 times 1 + 2 + ... + 7, and 1 more.
    int pool = 17 * 28 + 1;
    assertThat(PATIENTS).hasSize(pool);
    Partition parts = Partition.grouped(ILL, GROUPS, 280, 120, new SplittableRandom(seed));
    List<int[]> rows = List.of(parts.train(), parts.validation(), parts.rest());
    List<Set<Integer>> patients =
        rows.stream()
            .map(part -> Arrays.stream(part).map(row -> PATIENTS[row]).boxed())
            .map(part -> part.collect(Collectors.toSet()))
            .toList();
    assertThat(patients.get(0)).doesNotContainAnyElementsOf(patients.get(1));
    assertThat(patients.get(0)).doesNotContainAnyElementsOf(patients.get(2));
    assertThat(patients.get(1)).doesNotContainAnyElementsOf(patients.get(2));
    assertThat(rows.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, pool).toArray());
    int[] wanted = {280, 120, pool - 400};
    double ill = Arrays.stream(ILL.values()).average().orElseThrow();
    for (int part = 0; part < 3; part++) {
      assertThat(rows.get(part).length).isCloseTo(wanted[part], within(7));
      assertThat(Arrays.stream(rows.get(part)).map(row -> ILL.values()[row]).sum())
          .isCloseTo((int) (ill * wanted[part]), within(7));
    }
  }

  /** All that validation leaves is trained on, and nothing is left over. */
  @Test
  void groupsLeaveNoRestWhereNoneIsAskedFor() {
    int pool = PATIENTS.length;
    Partition parts = Partition.grouped(ILL, GROUPS, pool - 100, 100, new SplittableRandom(1));
    assertThat(parts.rest()).isEmpty();
    assertThat(parts.validation().length).isCloseTo(100, within(7));
  }

  /** 120 groups of one row are rows: 60 of them to train on, exactly. */
  @Test
  void groupsOfOneRowArePartedAsRowsAre() {
    Classes rows = new Classes(IntStream.range(0, 120).toArray(), 120);
    Classes halves = new Classes(IntStream.range(0, 120).map(row -> row % 2).toArray(), 2);
    Partition parts = Partition.grouped(halves, rows, 60, 40, new SplittableRandom(4));
    assertThat(parts.train()).hasSize(60);
    assertThat(parts.validation()).hasSize(40);
    assertThat(Arrays.stream(parts.train()).filter(row -> row % 2 == 0)).hasSize(30);
    assertThat(Arrays.stream(parts.validation()).filter(row -> row % 2 == 0)).hasSize(20);
  }

  /**
   * Each group trains as often as the others do: of 400 draws at a share of 280 / 477, 235 with a
   * standard error of 9.9; five of them are allowed, for small groups and for large ones.
   */
  @Test
  void noGroupIsPreferred() {
    int[] trained = new int[120];
    for (int seed = 0; seed < 400; seed++) {
      Partition parts = Partition.grouped(ILL, GROUPS, 280, 120, new SplittableRandom(seed));
      Arrays.stream(parts.train()).map(row -> PATIENTS[row]).distinct().forEach(p -> trained[p]++);
    }
    for (int count : trained) {
      assertThat(count).isCloseTo(235, within(50));
    }
  }

  private static int[] counts(int[] classes, int[] rows) {
    int[] counts = new int[3];
    for (int row : rows) {
      counts[classes[row]]++;
    }
    return counts;
  }
}
