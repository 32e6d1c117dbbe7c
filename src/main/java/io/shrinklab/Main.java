package io.shrinklab;

/** Placeholder. */
public final class Main {
  private Main() {}

  /** Entry. */
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
