package io.shrinklab.analysis;

import java.util.List;

/** What would settle what is still open. */
public sealed interface NextStep {

  /** Runs that the experiment plans are not there, so the answer may be another. */
  record RunMissing(long runs) implements NextStep {}

  /** The winner's strength is the first or the last that was tried, and its curve still rises. */
  record ExtendGrid(String family, GridEdge edge) implements NextStep {}

  /**
   * A difference is found four times out of five with this many seeds in all.
   *
   * @param seeds in all
   * @param difference of the score
   * @param open variants of which no difference is shown
   */
  record MoreSeeds(long seeds, double difference, List<String> open) implements NextStep {
    /** Copies the list. */
    public MoreSeeds {
      open = List.copyOf(open);
    }
  }

  /**
   * Seeds redraw the same rows, so that beyond some number they tell nothing new of other rows.
   *
   * @param difference of the score that is asked for
   * @param reachable the smallest difference that any number of seeds would find
   * @param open variants of which no difference is shown
   */
  record MoreRows(double difference, double reachable, List<String> open) implements NextStep {
    /** Copies the list. */
    public MoreRows {
      open = List.copyOf(open);
    }
  }

  /** Every comparison is decided. */
  record Nothing() implements NextStep {}
}
