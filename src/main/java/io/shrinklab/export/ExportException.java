package io.shrinklab.export;

import io.shrinklab.spec.ShrinklabException;

/**
 * Results that cannot be handed over: nobody answers, something is refused, a folder cannot be
 * written. The message says where, what was found and what to do.
 */
public final class ExportException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  ExportException(String message) {
    super(message);
  }

  ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
