package io.shrinklab.results;

import io.shrinklab.spec.IoReason;
import io.shrinklab.spec.ShrinklabException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A results folder that cannot be used: busy, not writable, full. The message says where, what was
 * found and what to do.
 */
public final class ResultsException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** With a message that is fit to be shown. */
  public ResultsException(String message) {
    super(message);
  }

  /** With a cause for {@code --verbose}. */
  public ResultsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of a folder that cannot be written. */
  static ResultsException unwritable(Path folder, IOException e) {
    return new ResultsException(
        "Cannot write the results folder "
            + folder
            + ": "
            + IoReason.of(e)
            + ". Whatever is complete stays; make room or make it writable, or choose another"
            + " folder with --results, and give the same command again.",
        e);
  }

  /** Of a folder that is not known to be empty, since nobody can see what is in it. */
  static ResultsException unreadable(Path folder, IOException e) {
    return new ResultsException(
        "Cannot read the results folder "
            + folder
            + ": "
            + IoReason.of(e)
            + ". Nothing was changed; make it readable or move it away, or choose another folder"
            + " with --results.",
        e);
  }
}
