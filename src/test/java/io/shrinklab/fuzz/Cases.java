package io.shrinklab.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs a generator's cases. A case is made from the seed and its number alone, so that one that
 * finds something can be made again. System properties: {@code fuzz.seconds}, how long, where a few
 * cases are not enough; {@code fuzz.seed}; {@code fuzz.case}, the only one.
 */
final class Cases {
  private static final long SEED = 2;

  /** No case of these needs a second; one that takes so long does not end. */
  private static final int HANGS_SECONDS = 60;

  /** Seeds of generators whose streams have nothing in common: no multiple of their own step. */
  private static final long APART = 0xD1342543DE82EF95L;

  /** More findings than a person looks at together. */
  private static final int MOST_FINDINGS = 20;

  private final String generator;
  private final int seconds = Integer.getInteger("fuzz.seconds", 0);
  private final long seed;
  private final List<Throwable> findings = new ArrayList<>();

  private Cases(Class<?> test) {
    generator = test.getSimpleName();
    seed = Long.getLong("fuzz.seed", seconds > 0 ? System.currentTimeMillis() : SEED);
  }

  /** One case. */
  interface Trial {
    void run(SplittableRandom random) throws Exception;
  }

  /**
   * Runs cases, and fails with what they found.
   *
   * @param few how many, unless the properties ask for more
   */
  static void run(Class<?> test, int few, Trial trial) throws InterruptedException {
    new Cases(test).run(few, trial);
  }

  private void run(int few, Trial trial) throws InterruptedException {
    Long only = Long.getLong("fuzz.case");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long first = only == null ? 0 : only;
    long number = first;
    do {
      run(number++, trial);
    } while (only == null
        && findings.size() < MOST_FINDINGS
        && (seconds > 0 ? System.nanoTime() < end : number < few));
    if (seconds > 0) {
      System.out.printf(
          "%s: seed %d, %,d cases, %d findings%n",
          generator, seed, number - first, findings.size());
    }
    if (!findings.isEmpty()) {
      AssertionError all =
          new AssertionError(
              findings.stream().map(Throwable::getMessage).collect(Collectors.joining("\n\n")));
      all.initCause(findings.get(0).getCause());
      throw all;
    }
  }

  private void run(long number, Trial trial) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed + number * APART);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              trial.run(random);
              return null;
            });
    Thread thread = new Thread(task, generator + " " + number);
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(HANGS_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      found(number, e.getCause());
    } catch (TimeoutException e) {
      String where =
          Arrays.stream(thread.getStackTrace())
              .limit(20)
              .map(StackTraceElement::toString)
              .collect(Collectors.joining("\n  "));
      found(number, new AssertionError("does not end; it is at\n  " + where, e));
    }
  }

  private void found(long number, Throwable what) {
    String text =
        "%s, seed %d, case %d: %s\n  again: mvn -Pfuzz test -Dtest=%s -Dfuzz.seed=%d -Dfuzz.case=%d"
            .formatted(generator, seed, number, what, generator, seed, number);
    findings.add(new AssertionError(text, what));
    if (seconds > 0) {
      System.out.println(text);
    }
  }
}
