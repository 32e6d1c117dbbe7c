package io.shrinklab.results;

import java.io.IOException;
import java.io.OutputStream;

/** What is to stand in a file, written piece by piece, so that it need not fit into memory. */
@FunctionalInterface
public interface Content {
  /** Writes all of it; must not close the stream. */
  void writeTo(OutputStream out) throws IOException;
}
