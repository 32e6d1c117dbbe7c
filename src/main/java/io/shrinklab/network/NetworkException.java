package io.shrinklab.network;

import io.shrinklab.spec.ShrinklabException;

/** A network that cannot be trained; the message says what was found and what is needed. */
public final class NetworkException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  NetworkException(String message, Throwable cause) {
    super(message, cause);
  }
}
