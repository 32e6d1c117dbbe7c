package io.shrinklab.sweep;

/** An order of which nothing came back; the message says why, in one line. */
public final class OrderLostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public OrderLostException(String message) {
    super(message);
  }
}
