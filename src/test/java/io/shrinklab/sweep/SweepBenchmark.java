package io.shrinklab.sweep;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.testing.ASpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prints what the harness itself costs. Not a test: it takes minutes and its figures are of use on
 * a quiet machine only.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.shrinklab.sweep.SweepBenchmark -Dexec.args="harness 2000"
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.shrinklab.sweep.SweepBenchmark -Dexec.args="workers 120"
 * </pre>
 *
 * <p>{@code harness N}: N runs of 60 epochs that train nothing, with two workers; wall time times
 * workers over runs is what a run costs beside its training. {@code workers N}: N real runs of a
 * second each, with one worker and with two. A worker spends some seconds of processor time on
 * loading the engine and on compiling, which a single one does on the core that it leaves free; so
 * the ratio grows with N, and it is printed for the second half of the runs too, where that is
 * over.
 */
public final class SweepBenchmark {
  private static final int WORKERS = 2;
  private static final int ROUNDS = 4;
  private static final int STEPS = 8_000_000;

  /** As many as take about a second. */
  private static final int EPOCHS = 500;

  private static final double NANOS = 1e9;
  private static final double MEBIBYTE = 1 << 20;

  /** Where results go, so that the arithmetic is not left out. */
  @SuppressWarnings("UnusedVariable")
  private static volatile double sink;

  private SweepBenchmark() {}

  public static void main(String[] args) throws Exception {
    int runs = Integer.parseInt(args[1]);
    Path root = Files.createTempDirectory(Path.of("target"), "bench");
    try {
      if (args[0].equals("harness")) {
        harness(root, runs);
      } else {
        workers(root, runs);
      }
    } finally {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void harness(Path root, int count) throws Exception {
    List<RunSpec> runs = new ArrayList<>();
    for (int seed = 0; seed < count; seed++) {
      runs.add(TestRuns.spec("tiny", 0.1, seed, 60, 0));
    }
    TestSweep sweep = new TestSweep(root);
    ParentMemory memory = new ParentMemory(count);
    long start = System.nanoTime();
    SweepSummary summary =
        new Sweep(
                new SweepOptions(root.resolve("results"), null, WORKERS, OnFailure.GO_ON),
                workers -> sweep.command(),
                WritePoint.PASS)
            .run("harness", runs, memory);
    double seconds = (System.nanoTime() - start) / NANOS;
    print("runs %d, complete %d, wall %.1f s", count, summary.done(), seconds);
    print("harness time per run, over all workers: %.1f ms", 1000 * seconds * WORKERS / count);
    print("resident memory of the parent, MiB, after each tenth: %s", memory.samples);
    start = System.nanoTime();
    new Sweep(
            new SweepOptions(root.resolve("results"), null, WORKERS, OnFailure.GO_ON),
            workers -> sweep.command(),
            WritePoint.PASS)
        .run("harness", runs, SweepListener.SILENT);
    print(
        "the same again, nothing to do, all checksums read: %.1f s",
        (System.nanoTime() - start) / NANOS);
  }

  private static void workers(Path root, int count) throws Exception {
    List<RunSpec> runs = new ArrayList<>();
    for (int seed = 0; seed < count; seed++) {
      runs.add(
          ASpec.named("real")
              .network(new NetworkSpec.Mlp(List.of(128, 64), NetworkSpec.Activation.RELU, 0, false))
              .training(ASpec.epochs(EPOCHS, 32))
              .penalty(new PenaltySpec.WeightDecay(0.001, PenaltySpec.Scope.ALL))
              .seed(seed));
    }
    print("two busy threads do %.2f times the work of one on this machine", ceiling());
    double[] all = new double[WORKERS + 1];
    double[] secondHalf = new double[WORKERS + 1];
    for (int workers = 1; workers <= WORKERS; workers++) {
      Halves halves = new Halves(count);
      long start = System.nanoTime();
      SweepSummary summary =
          new Sweep(
                  new SweepOptions(
                      root.resolve("results-" + workers), null, workers, OnFailure.GO_ON))
              .run("workers", runs, halves);
      long end = System.nanoTime();
      all[workers] = (end - start) / NANOS;
      secondHalf[workers] = (end - halves.middle) / NANOS;
      print(
          "%d worker(s): %d runs in %.1f s, the second half in %.1f s",
          workers, summary.completed(), all[workers], secondHalf[workers]);
    }
    print(
        "two workers are %.2f times as fast as one, over the second half %.2f times",
        all[1] / all[2], secondHalf[1] / secondHalf[2]);
    print("two busy threads do %.2f times the work of one on this machine", ceiling());
  }

  /** What two cores can do at most: virtual ones may share one real core, or a busy host. */
  private static double ceiling() throws InterruptedException {
    busy(1);
    double total = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double one = busy(1);
      total += WORKERS * one / busy(WORKERS);
    }
    return total / ROUNDS;
  }

  /** Seconds that so many threads take for the same arithmetic each. */
  private static double busy(int count) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      Thread thread =
          new Thread(
              () -> {
                // As in training: vector arithmetic on what lies in the first-level cache.
                float[] x = new float[1024];
                for (int step = 0; step < STEPS; step++) {
                  decay(x);
                }
                sink = x[0];
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return (System.nanoTime() - start) / NANOS;
  }

  private static void decay(float[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = x[i] * 0.999f + 0.001f;
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Notes when half of the runs are done. */
  private static final class Halves implements SweepListener {
    private final int half;
    private int ended;
    private long middle;

    Halves(int runs) {
      half = runs / 2;
    }

    @Override
    public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
      if (++ended == half) {
        middle = System.nanoTime();
      }
    }
  }

  /** Samples the parent's own memory. */
  private static final class ParentMemory implements SweepListener {
    private final List<Long> samples = new ArrayList<>();
    private final int every;
    private int ended;

    ParentMemory(int runs) {
      every = Math.max(1, runs / 10);
    }

    @Override
    public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
      if (++ended % every == 0) {
        samples.add(Math.round(Memory.resident() / MEBIBYTE));
      }
    }
  }
}
