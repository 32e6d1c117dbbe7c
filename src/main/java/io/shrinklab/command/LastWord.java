package io.shrinklab.command;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** What is said when the process is ended from outside, until it is taken back. */
final class LastWord {
  private final Thread hook;

  private LastWord(Thread hook) {
    this.hook = hook;
  }

  /** Of something that is begun now. */
  static LastWord of(PrintStream out, String word) {
    Thread hook =
        new Thread(
            () -> {
              out.println(word);
              out.flush();
            },
            "last word");
    Runtime.getRuntime().addShutdownHook(hook);
    return new LastWord(hook);
  }

  /** It is done, and the end of the process no longer its business. */
  void takeBack() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and that it was not done is said: nothing may say otherwise.
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
