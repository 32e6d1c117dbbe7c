package io.shrinklab.command;

/** What the process ends with. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** An error of the program itself, or a run that did not reproduce. */
  static final int INTERNAL = 1;

  /** The command, the experiment or a folder is wrong. */
  static final int WRONG = 2;

  /** The sweep ended, but some runs failed. */
  static final int FAILED_RUNS = 3;

  private ExitCode() {}
}
