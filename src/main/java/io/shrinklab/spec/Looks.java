package io.shrinklab.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A design in which a sweep is looked at several times: after so many seeds each time, variants
 * that are decided are trained no further.
 *
 * @param sizes seeds in all at each look, ascending
 */
public record Looks(List<Integer> sizes) {
  /** Fewer seeds than this give no interval to look at. */
  public static final int FEWEST_SEEDS = 3;

  /** Copies the list. */
  public Looks {
    // A file may hold anything, null among it.
    sizes = sizes == null ? List.of() : List.copyOf(sizes);
    if (sizes.isEmpty()
        || sizes.get(0) < FEWEST_SEEDS
        || !sizes.equals(List.copyOf(new TreeSet<>(sizes)))) {
      throw new IllegalArgumentException(
          sizes + " are no looks; needs ascending numbers of seeds from " + FEWEST_SEEDS + " on");
    }
  }

  /** After {@code first} seeds, twice as many, four times as many, and last after {@code most}. */
  public static Looks doubling(int first, int most) {
    List<Integer> sizes = new ArrayList<>();
    for (long size = first; size < most; size *= 2) {
      sizes.add((int) size);
    }
    sizes.add(most);
    return new Looks(sizes);
  }

  /** Seeds at the first look. */
  public int first() {
    return sizes.get(0);
  }

  /** Seeds at the look after that with {@code size}; the same at the last one. */
  public int after(int size) {
    return sizes.get(Math.min(sizes.indexOf(size) + 1, sizes.size() - 1));
  }

  /** The most seeds that any variant is trained with. */
  public int most() {
    return sizes.get(sizes.size() - 1);
  }

  /**
   * An experiment with the seeds of the last look: its own, then the smallest numbers above all of
   * them.
   */
  public Experiment extend(Experiment experiment) {
    List<Long> seeds = new ArrayList<>(experiment.seeds());
    long next = seeds.stream().mapToLong(seed -> seed).max().orElse(-1) + 1;
    while (seeds.size() < most()) {
      seeds.add(next++);
    }
    return experiment.withSeeds(seeds.subList(0, most()));
  }
}
