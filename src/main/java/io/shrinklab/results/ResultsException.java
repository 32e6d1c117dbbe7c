package io.shrinklab.results;

/**
 * A results folder that cannot be used: busy, not writable, full. The message says where, what was
 * found and what to do.
 */
public final class ResultsException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  public ResultsException(String message) {
    super(message);
  }

  /** With a cause for {@code --verbose}. */
  public ResultsException(String message, Throwable cause) {
    super(message, cause);
  }
}
