package io.shrinklab.penalty;

import io.shrinklab.spec.ShrinklabException;

/** A penalty that does not fit the network; the message says what was found and what there is. */
public final class PenaltyException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  public PenaltyException(String message) {
    super(message);
  }
}
