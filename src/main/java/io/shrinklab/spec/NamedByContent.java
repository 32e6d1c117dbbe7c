package io.shrinklab.spec;

/** What is in a file of the user's: its content decides a run, and where it lies does not. */
public interface NamedByContent {
  /** A path: absolute, or below the working directory. */
  String file();

  /** {@code sha256:} and the hex digest of the file's bytes; empty where it is to be found out. */
  String checksum();

  /** The same with a checksum that was found out. */
  NamedByContent withChecksum(String found);
}
