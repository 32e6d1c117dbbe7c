package io.shrinklab.sweep;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.results.Content;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.Optional;

/** Where one of a sweep's threads has its runs trained, one list of them after another. */
interface Workplace {
  /**
   * Makes it ready for a list of runs.
   *
   * @param apart whether nothing else is to be trained in the same process
   * @return false when the sweep is being stopped
   * @throws SweepException when nothing can be trained here
   */
  boolean ready(boolean apart) throws ResultsException, SweepException, InterruptedException;

  /** What is printed here from now on. */
  Content printed();

  /**
   * Has runs trained, each stored before its end is heard of.
   *
   * @return the end that runs share which have none of their own; empty where each has one
   * @throws SweepException when nothing can be trained any more
   */
  Optional<Reply> train(List<RunSpec> runs, Heard heard)
      throws ResultsException, SweepException, InterruptedException;

  /** Nothing more is to be trained here. */
  void leave();

  /** Hears of runs while they are trained, by their places in the list. */
  interface Heard {
    /** After each epoch. */
    void epoch(int run, EpochMetrics metrics);

    /** A run has its own end, {@link Reply.Stored} or {@link Reply.Failed}. */
    void ended(int run, Reply reply) throws ResultsException;
  }
}
