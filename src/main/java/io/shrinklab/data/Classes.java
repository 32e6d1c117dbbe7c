package io.shrinklab.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One class per row.
 *
 * @param values the class of each row, 0 to outputs - 1
 * @param outputs how many classes
 * @param names of the classes, in order; empty where they have numbers alone
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Classes(int[] values, int outputs, List<String> names) implements Labels {
  Classes {
    names = List.copyOf(names);
  }

  /** Without names. */
  Classes(int[] values, int outputs) {
    this(values, outputs, List.of());
  }

  /** Whether the classes have names, all of which are numbers. */
  boolean areNumbers() {
    return !names.isEmpty() && names.stream().allMatch(Cells::isDecimal);
  }

  @Override
  public int rows() {
    return values.length;
  }

  @Override
  public Task task() {
    return Task.SINGLE_LABEL;
  }

  @Override
  public Classes strata(int rows) {
    return new Classes(Arrays.copyOf(values, rows), outputs, names);
  }

  /** Their names, or where they have none their numbers. */
  @Override
  public List<String> classNames() {
    return names.isEmpty()
        ? IntStream.range(0, outputs).mapToObj(Integer::toString).toList()
        : names;
  }

  /** The same with random labels in these rows. */
  Classes withNoise(int[] train, double share, SplittableRandom random) {
    if (share == 0) {
      return this;
    }
    int[] drawn = LabelNoise.apply(of(train), outputs, share, random);
    int[] noisy = values.clone();
    for (int i = 0; i < train.length; i++) {
      noisy[train[i]] = drawn[i];
    }
    return new Classes(noisy, outputs, names);
  }

  private int[] of(int[] chosen) {
    return Arrays.stream(chosen).map(row -> values[row]).toArray();
  }

  /** Rows in each class. */
  int[] counts(int[] chosen) {
    int[] counts = new int[outputs];
    for (int row : chosen) {
      counts[values[row]]++;
    }
    return counts;
  }

  @Override
  public double chanceScore(int[] chosen) {
    return (double) Arrays.stream(counts(chosen)).max().orElseThrow() / chosen.length;
  }

  @Override
  public NDArray take(int[] chosen, NDManager manager) {
    return manager.create(Arrays.stream(of(chosen)).asLongStream().toArray());
  }
}
