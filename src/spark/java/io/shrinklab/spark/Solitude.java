package io.shrinklab.spark;

import io.shrinklab.sweep.SweepException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * No executor is left, though there were some. Spark waits for others without a word and without an
 * end, also where the master died. Asked by many threads.
 */
final class Solitude {
  /** How long it may last, as a setting of Spark's: a time with its unit. */
  private static final String PATIENCE = "spark.shrinklab.patience";

  private static final String DEFAULT = "10min";

  /** How long it lasts before it is told. */
  private static final long TOLD_SECONDS = 30;

  private final boolean possible;
  private final String master;
  private final long patienceSeconds;
  private final Consumer<String> notices;

  // Guarded by this.
  private long since;
  private boolean alone;
  private boolean told;

  private Solitude(
      boolean possible, String master, long patienceSeconds, Consumer<String> notices) {
    this.possible = possible;
    this.master = master;
    this.patienceSeconds = patienceSeconds;
    this.notices = notices;
  }

  static Solitude of(JavaSparkContext context, Consumer<String> notices) {
    return new Solitude(
        !context.sc().isLocal(),
        context.master(),
        context.getConf().getTimeAsSeconds(PATIENCE, DEFAULT),
        notices);
  }

  /**
   * Tells of it, and after a time ends the sweep.
   *
   * @param executors that there are now
   */
  synchronized void look(int executors) throws SweepException {
    if (!possible || executors > 0) {
      alone = false;
      told = false;
      return;
    }
    if (!alone) {
      alone = true;
      since = System.nanoTime();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    if (seconds >= patienceSeconds) {
      throw new SweepException(
          "The cluster "
              + master
              + " has had no executor for "
              + patienceSeconds
              + " s ("
              + PATIENCE
              + "). What is stored is kept; the same command goes on");
    }
    if (seconds >= TOLD_SECONDS && !told) {
      told = true;
      notices.accept("No executor is left on " + master + ". Waiting for one");
    }
  }
}
