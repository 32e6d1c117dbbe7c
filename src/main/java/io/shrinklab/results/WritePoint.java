package io.shrinklab.results;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Hears of every change to the results folder just before it is made, in order. An exception thrown
 * here is what a failing disk would throw there, so that every point can be tried.
 */
@FunctionalInterface
public interface WritePoint {
  /** Lets every change pass. */
  WritePoint PASS = (action, path) -> {};

  /**
   * Called before a change.
   *
   * @param action one of {@code folder}, {@code open}, {@code write}, {@code sync}, {@code rename},
   *     {@code delete}
   * @param path what is about to change
   * @throws IOException to make the change fail
   */
  void before(String action, Path path) throws IOException;
}
