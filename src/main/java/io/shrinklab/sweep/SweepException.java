package io.shrinklab.sweep;

import io.shrinklab.spec.ShrinklabException;

/** A sweep that cannot be run at all, whatever its runs; the message is fit to be shown. */
public final class SweepException extends ShrinklabException {
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
