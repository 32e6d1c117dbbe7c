package io.shrinklab.sweep;

/** A machine that no run can be trained on, whatever the run; another may do. */
public final class UnfitHostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public UnfitHostException(String message, Throwable cause) {
    super(message, cause);
  }
}
