package io.shrinklab.spec;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths from what a person wrote, in a file or on a command line. */
public final class PathText {
  private PathText() {}

  /**
   * The text as a path.
   *
   * @throws InvalidPathException when it is empty, or no path on this system; its reason says what
   *     was found, what is allowed and what to do
   */
  public static Path parse(String text) {
    if (text.isBlank()) {
      throw refused(text, "a path is needed; . is the working directory");
    }
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw refused(text, "a path without control characters is needed; rename the file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      String names = System.getProperty("sun.jnu.encoding", "the system's encoding");
      InvalidPathException refused =
          refused(
              text,
              "a path in the characters of file names here ("
                  + names
                  + ") is needed; LC_ALL=C.UTF-8 in the environment allows every whole character");
      refused.initCause(e);
      throw refused;
    }
  }

  private static InvalidPathException refused(String text, String allowed) {
    return new InvalidPathException(text, "found " + Visible.quoted(text) + "; " + allowed);
  }
}
