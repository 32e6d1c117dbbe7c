package io.shrinklab.results;

import io.shrinklab.spec.ShrinklabException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
            + reason(e)
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
            + reason(e)
            + ". Nothing was changed; make it readable or move it away, or choose another folder"
            + " with --results.",
        e);
  }

  /** What a failed access found, for people. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return Path.of(missing.getFile()).getFileName() + " is missing";
    }
    if (e instanceof FileSystemException failed) {
      return failed.getFile() + ": " + kind(failed);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Exceptions that have a type of their own come without words. */
  private static String kind(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the place of a folder";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
