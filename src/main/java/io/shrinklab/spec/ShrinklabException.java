package io.shrinklab.spec;

import org.apiguardian.api.API;

/**
 * What was asked cannot be done, and the message tells a person why: where, what was found, what is
 * allowed, what to do. Anything else that is thrown is a mistake in a program.
 */
@API(status = API.Status.STABLE)
public abstract class ShrinklabException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  protected ShrinklabException(String message) {
    super(message);
  }

  /** With a cause for {@code --verbose}. */
  protected ShrinklabException(String message, Throwable cause) {
    super(message, cause);
  }
}
