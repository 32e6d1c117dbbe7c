package io.shrinklab.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which rows train, validate and test.
 *
 * @param train row numbers
 * @param validation row numbers
 * @param rest row numbers of the pool that are in neither
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Partition(int[] train, int[] validation, int[] rest) {

  /**
   * Draws parts at random so that each class has the same share in every part, to the row: of two
   * parts of equal size, a class's rows differ by one at most.
   *
   * @param classes the class of each row of the pool
   * @param outputs how many classes
   * @param train rows to train on
   * @param validation rows to validate on; train + validation at most the pool
   * @param random the stream of the split
   */
  static Partition stratified(
      int[] classes, int outputs, int train, int validation, SplittableRandom random) {
    int[] counts = new int[outputs];
    for (int label : classes) {
      counts[label]++;
    }
    int[] trainQuota = quotas(counts, train);
    int[] left = minus(counts, trainQuota);
    int[] validationQuota = quotas(left, validation);

    int[] order = Permutation.of(classes.length, random);
    int[][] parts = {
      new int[train], new int[validation], new int[classes.length - train - validation]
    };
    int[] filled = new int[3];
    for (int row : order) {
      int label = classes[row];
      int part = trainQuota[label]-- > 0 ? 0 : validationQuota[label]-- > 0 ? 1 : 2;
      parts[part][filled[part]++] = row;
    }
    return new Partition(parts[0], parts[1], parts[2]);
  }

  /**
   * Draws parts of whole groups. The groups come in random order, and each goes to the part that
   * lacks most of its rows, the rows of a class in shares of that class: so the parts come as close
   * to their sizes, and the classes to their shares, as groups in this order allow. The number of
   * rows in all classes together then lies off by about half a group.
   *
   * @param classes the class of each row of the pool
   * @param groups the group of each row of the pool
   * @param train rows to train on, about
   * @param validation rows to validate on, about
   * @param random the stream of the split
   */
  static Partition grouped(
      Classes classes, Classes groups, int train, int validation, SplittableRandom random) {
    int pool = classes.rows();
    int[] counts = classes.counts(IntStream.range(0, pool).toArray());
    int[] trainQuota = quotas(counts, train);
    int[] left = minus(counts, trainQuota);
    int[] validationQuota = quotas(left, validation);
    int[][] lacking = {trainQuota, validationQuota, minus(left, validationQuota)};

    int[][] members = members(groups);
    IntStream.Builder[] parts = {IntStream.builder(), IntStream.builder(), IntStream.builder()};
    for (int group : Permutation.of(members.length, random)) {
      int chosen = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int part = 0; part < parts.length; part++) {
        double need = 0;
        for (int row : members[group]) {
          int label = classes.values()[row];
          need += (double) lacking[part][label] / counts[label];
        }
        if (need > most) {
          most = need;
          chosen = part;
        }
      }
      for (int row : members[group]) {
        lacking[chosen][classes.values()[row]]--;
        parts[chosen].add(row);
      }
    }
    return new Partition(
        parts[0].build().toArray(), parts[1].build().toArray(), parts[2].build().toArray());
  }

  private static int[] minus(int[] from, int[] taken) {
    return IntStream.range(0, from.length).map(i -> from[i] - taken[i]).toArray();
  }

  /** The rows of each group. */
  private static int[][] members(Classes groups) {
    int[] sizes = groups.counts(IntStream.range(0, groups.rows()).toArray());
    int[][] members = new int[sizes.length][];
    Arrays.setAll(members, group -> new int[sizes[group]]);
    for (int row = 0; row < groups.rows(); row++) {
      int group = groups.values()[row];
      members[group][members[group].length - sizes[group]--] = row;
    }
    return members;
  }

  /**
   * Shares a number of rows out in proportion to the counts, by largest remainder; of equal
   * remainders the lower class goes first. No quota exceeds its count.
   */
  static int[] quotas(int[] counts, int rows) {
    long total = Arrays.stream(counts).asLongStream().sum();
    if (rows > total) {
      throw new IllegalArgumentException(rows + " rows of " + total);
    }
    int[] quota = new int[counts.length];
    long[] remainder = new long[counts.length];
    int missing = rows;
    for (int c = 0; c < counts.length && total > 0; c++) {
      quota[c] = (int) ((long) counts[c] * rows / total);
      remainder[c] = (long) counts[c] * rows % total;
      missing -= quota[c];
    }
    IntStream.range(0, counts.length)
        .boxed()
        .sorted((a, b) -> Long.compare(remainder[b], remainder[a]))
        .limit(missing)
        .forEach(c -> quota[c]++);
    return quota;
  }
}
