package io.shrinklab.sweep;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What happens when the process is ended from outside while a sweep runs, step by step. */
final class ShutdownHook {
  /** For each thing that is waited for. */
  private static final int SECONDS = 2;

  private final List<Thread> threads;
  private final Runnable stop;
  private final Runnable unlock;
  private final Runnable lastWord;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "shutdown");

  /**
   * A hook that is not set yet.
   *
   * @param threads those that write
   * @param stop has them end
   * @param unlock gives the sweep's folder back, unless something writes there still
   * @param lastWord tells the user, whatever came of the rest
   */
  ShutdownHook(List<Thread> threads, Runnable stop, Runnable unlock, Runnable lastWord) {
    this.threads = threads;
    this.stop = stop;
    this.unlock = unlock;
    this.lastWord = lastWord;
  }

  void set() {
    Runtime.getRuntime().addShutdownHook(thread);
  }

  /** The sweep writes no more, and the end of the process is no longer its business. */
  void leave() throws InterruptedException {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process is ending and the hook speaks for it: nothing may go on behind its back, not
      // even between the hook's last word and the end.
      thread.join();
      new CountDownLatch(1).await();
    }
  }

  void run() {
    if (finished.getCount() == 0) {
      return;
    }
    stop.run();
    try {
      for (Thread writer : threads) {
        writer.join(SECONDS * 1000L);
      }
      if (finished.await(SECONDS, TimeUnit.SECONDS)) {
        // Given back, so that the next sweep does not take this end for a crash. The thread that
        // holds it waits in leave() and touches the folder no more.
        unlock.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lastWord.run();
  }
}
