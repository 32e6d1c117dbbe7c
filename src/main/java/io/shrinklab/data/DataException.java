package io.shrinklab.data;

import io.shrinklab.spec.ShrinklabException;
import java.util.ArrayList;
import java.util.List;

/**
 * Data that cannot be had or read; the message says where, what was found, what is allowed and what
 * to do.
 */
public final class DataException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** Problems shown at once. */
  private static final int SHOWN = 10;

  /** With a message that is fit to be shown. */
  public DataException(String message) {
    super(message);
  }

  /** With several lines. */
  DataException(List<String> lines) {
    super(lines);
  }

  /**
   * Throws where there is anything wrong, with as much of it as a person reads at once.
   *
   * @param problems a line each
   */
  static void throwIfAny(List<String> problems) throws DataException {
    if (!problems.isEmpty()) {
      List<String> lines = new ArrayList<>(problems.subList(0, Math.min(SHOWN, problems.size())));
      if (problems.size() > SHOWN) {
        lines.add("and " + (problems.size() - SHOWN) + " more of the like");
      }
      throw new DataException(lines);
    }
  }

  /** With a cause for {@code --verbose}. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
