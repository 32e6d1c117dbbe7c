package io.shrinklab.results;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Hears of every change to the results folder just before it is made, in order. An exception thrown
 * here is what a failing disk would throw there, so that every point can be tried. That no change
 * passes it by is held by the architecture test.
 */
@FunctionalInterface
public interface WritePoint {
  /** Lets every change pass. */
  WritePoint PASS = (change, path) -> {};

  /** All that is ever done to the results folder. */
  enum Change {
    /** A folder is made. */
    FOLDER,
    /** A file is opened for writing, and made by that. */
    OPEN,
    /** Bytes are written; a part of them may be on the disk already. */
    WRITE,
    /** A file's bytes, or the names in a folder, are flushed to the disk. */
    SYNC,
    /** A file or folder gets another name. */
    RENAME,
    /** A file or an empty folder is deleted, or a file's text is. */
    DELETE
  }

  /**
   * Called before a change.
   *
   * @param path what is about to change; of a rename the new name
   * @throws IOException to make the change fail
   */
  void before(Change change, Path path) throws IOException;
}
