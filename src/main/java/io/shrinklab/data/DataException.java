package io.shrinklab.data;

import io.shrinklab.spec.ShrinklabException;

/**
 * Data that cannot be had or read; the message says where, what was found, what is allowed and what
 * to do.
 */
public final class DataException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  public DataException(String message) {
    super(message);
  }

  /** With a cause for {@code --verbose}. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
