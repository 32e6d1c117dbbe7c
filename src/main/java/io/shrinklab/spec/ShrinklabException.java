package io.shrinklab.spec;

import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * What was asked cannot be done, and the message tells a person why: where, what was found, what is
 * allowed, what to do. Anything else that is thrown is a mistake in a program.
 *
 * <p>Messages quote what others wrote. So each is made visible here, and no text becomes a line of
 * its own that was not handed over as one.
 */
@API(status = API.Status.STABLE)
public abstract class ShrinklabException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message of one line that is fit to be shown. */
  protected ShrinklabException(String message) {
    super(Visible.line(message));
  }

  /** With a message of several lines. */
  protected ShrinklabException(List<String> lines) {
    super(lines.stream().map(Visible::line).collect(Collectors.joining("\n")));
  }

  /** With a cause for {@code --verbose}. */
  protected ShrinklabException(String message, Throwable cause) {
    super(Visible.line(message), cause);
  }
}
