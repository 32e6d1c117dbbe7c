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
  DAMAGED,
  /**
   * Nobody can say what it is: no permission, a link or a file where a folder belongs, an error of
   * the disk. Not read, and not replaced either.
   */
  UNREADABLE
}
