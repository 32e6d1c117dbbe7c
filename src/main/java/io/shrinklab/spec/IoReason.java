package io.shrinklab.spec;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a failed access to a file found, in words for people. */
public final class IoReason {
  private IoReason() {}

  /** A few words, with the file's name where the exception has it. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return Path.of(missing.getFile()).getFileName() + " is missing";
    }
    if (e instanceof FileSystemException failed) {
      return failed.getFile() + ": " + kind(failed);
    }
    if (e instanceof EOFException) {
      return "it ends too early";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
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
