package io.shrinklab.results;

/** What is stored of a run. */
public enum RunState {
  /** Nothing. */
  ABSENT,
  /** It was being written when its process ended; started over. */
  INCOMPLETE,
  /** Whole, trained to the end or diverged; checksums hold. */
  COMPLETE,
  /** Whole, but the run failed: a row in every table, and tried again by the next sweep. */
  FAILED,
  /** Not what was once written; never read, done again. */
  DAMAGED
}
