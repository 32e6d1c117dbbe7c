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
    int[] left = IntStream.range(0, outputs).map(c -> counts[c] - trainQuota[c]).toArray();
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
