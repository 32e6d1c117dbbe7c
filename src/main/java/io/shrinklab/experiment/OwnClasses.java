package io.shrinklab.experiment;

import io.shrinklab.spec.Check;

/**
 * Whether an experiment may name classes. A class that is made runs with the rights of whoever
 * trains, so the file of a stranger must not choose one by itself.
 */
public enum OwnClasses {
  /** Whoever asks trusts the file, or reads it without making what it names. */
  ALLOWED,
  /** Nobody said so. */
  REFUSED;

  /** The option by which a person says so, of commands and workers. */
  public static final String OPTION = "--allow-classes";

  /**
   * Reports a class that is named in vain.
   *
   * @param className empty for none
   */
  void check(String className, Check.Reporter reporter) {
    if (this == REFUSED && !className.isEmpty()) {
      reporter.problem(
          "className",
          className,
          "names code, which would run with your rights; if you trust it and this file, give "
              + OPTION);
    }
  }
}
