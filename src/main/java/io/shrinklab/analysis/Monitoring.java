package io.shrinklab.analysis;

import java.util.List;

/**
 * How a sweep went that was looked at several times.
 *
 * @param taken the looks for which every run was there
 * @param open variants that further seeds are to decide, in the experiment's order
 * @param missing runs that the next look needs
 * @param most seeds at the last look
 * @param runs that the looks so far asked for
 * @param fixed runs of the same variants with the last look's seeds each
 */
public record Monitoring(
    List<Look> taken, List<String> open, long missing, int most, long runs, long fixed) {

  /** Copies the lists. */
  public Monitoring {
    taken = List.copyOf(taken);
    open = List.copyOf(open);
  }

  /**
   * One look.
   *
   * @param seeds in all
   * @param decided variants that are better, worse or equivalent by now, and were not before
   * @param needRows variants of which further seeds on the same rows would tell next to nothing
   * @param open variants that are neither
   */
  public record Look(int seeds, List<String> decided, List<String> needRows, int open) {
    /** Copies the lists. */
    public Look {
      decided = List.copyOf(decided);
      needRows = List.copyOf(needRows);
    }
  }
}
