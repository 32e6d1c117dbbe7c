package io.shrinklab.sweep;

/** A sweep that cannot be run at all, whatever its runs; the message is fit to be shown. */
public final class SweepException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  public SweepException(String message) {
    super(message);
  }

  /** With a cause for {@code --verbose}. */
  public SweepException(String message, Throwable cause) {
    super(message, cause);
  }
}
