package io.shrinklab.results;

/** A stored file that is not what was once written. */
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
