package io.shrinklab.command;

import io.shrinklab.spec.ShrinklabException;
import java.util.List;

/** A command that asks for something that is not there; the message is fit to be shown. */
final class CommandException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }

  CommandException(List<String> lines) {
    super(lines);
  }
}
