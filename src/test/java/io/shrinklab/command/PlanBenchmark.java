package io.shrinklab.command;

import com.sun.management.GarbageCollectorMXBean;
import io.shrinklab.Main;
import io.shrinklab.MeasuredProcess;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints what {@code plan} costs on grids of ten thousand to a million runs. Not a test: its
 * figures are of use on a quiet machine only.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.shrinklab.command.PlanBenchmark
 * </pre>
 *
 * <p>Each plan is a process of its own, so that peaks can be compared. Seconds are from its start
 * to its end, and MiB the most resident memory that Linux counted; then the same in a heap of 64
 * MiB. Live is the most that full collections, one after the other while another process planned,
 * left of the heap: what a plan needs and not what it was let have.
 */
public final class PlanBenchmark {
  private static final String LIVE = "live";

  /** The serial collector's pools. */
  private static final Set<String> HEAP = Set.of("Eden Space", "Survivor Space", "Tenured Gen");

  private static final int STORED = 2000;
  private static final double MEBIBYTE = 1 << 20;

  private PlanBenchmark() {}

  /** Prints a line per grid. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals(LIVE)) {
      live(args[1], args[2]);
      return;
    }
    Path root = Files.createTempDirectory(Path.of("target"), "plan");
    try {
      print("%-48s %7s %8s %9s %8s %8s", "", "", "", "in 64 MiB", "of heap", "");
      print("%-48s %7s %8s %9s %8s %8s", "", "seconds", "MiB", "seconds", "MiB", "live MiB");
      for (Grid grid : grids()) {
        measure(root, grid);
      }
    } finally {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * A grid beside the variant "none".
   *
   * @param penalty and its grid over any path, as JSON
   * @param stored how many of the runs have been done
   */
  private record Grid(String name, String penalty, int seeds, int stored) {}

  private static List<Grid> grids() {
    List<Grid> grids = new ArrayList<>();
    for (int tens = 1; tens <= 100; tens *= 10) {
      grids.add(wide(tens, 0));
    }
    grids.add(deep(1, 100, 0));
    grids.add(deep(10, 100, 0));
    grids.add(deep(10, 1000, 0));
    for (int l1 = 10; l1 <= 1000; l1 *= 10) {
      grids.add(
          new Grid(
              "a penalty of its own for each variant",
              """
              {"penalty": {"kind": "elastic-net"}, "grid": {"penalty.l1": %s, "penalty.l2": %s}}
              """
                  .formatted(numbers(l1), numbers(1000)),
              1,
              0));
    }
    grids.add(wide(100, STORED));
    grids.add(deep(10, 1000, STORED));
    return grids;
  }

  /** 100 penalties with {@code 100 * tens} optimizers. */
  private static Grid wide(int tens, int stored) {
    return new Grid(
        "many variants",
        """
        {"penalty": {"kind": "lp"}, "grid": {"optimizer.epsilon": %s,
         "optimizer.learningRate": %s, "penalty.p": [1, 2], "penalty.lambda": %s}}
        """
            .formatted(numbers(100), numbers(tens), numbers(50)),
        1,
        stored);
  }

  private static Grid deep(int tens, int seeds, int stored) {
    return new Grid(
        "many seeds",
        """
        {"penalty": {"kind": "lp"}, "grid": {
         "optimizer.learningRate": %s, "penalty.p": [1, 2], "penalty.lambda": %s}}
        """
            .formatted(numbers(tens), numbers(50)),
        seeds,
        stored);
  }

  private static String numbers(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> Double.toString(i / 10_000.0))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static void measure(Path root, Grid grid) throws Exception {
    Path file = Files.createTempFile(root, "grid", ".json");
    Files.writeString(
        file,
        """
        {"data": {"kind": "digits"}, "network": {"kind": "linear"}, "optimizer": {"kind": "adam"},
         "training": {"epochs": 60}, "seeds": %d,
         "variants": [{"name": "none", "penalty": {"kind": "none"}}, %s]}
        """
            .formatted(grid.seeds(), grid.penalty()));
    Experiment experiment = ExperimentFile.read(file);
    try (SweepFolder folder = SweepFolder.lock(root, experiment.name())) {
      for (RunSpec run : experiment.runs().limit(grid.stored()).toList()) {
        TestRuns.store(folder, run);
      }
    }
    String name =
        String.format(
            Locale.ROOT,
            "%,d x %,d, %s%s",
            experiment.variants().size(),
            experiment.seeds().size(),
            grid.name(),
            grid.stored() == 0 ? "" : String.format(Locale.ROOT, ", %,d done", grid.stored()));
    MeasuredProcess free = command(root, file, List.of());
    MeasuredProcess small = command(root, file, List.of("-Xmx64m"));
    Path live = root.resolve("live.txt");
    MeasuredProcess collected =
        MeasuredProcess.run(
            ProcessBuilder.Redirect.to(live.toFile()),
            List.of("-XX:+UseSerialGC"),
            List.of(PlanBenchmark.class.getName(), LIVE, file.toString(), root.toString()));
    if (free.code() != 0 || collected.code() != 0) {
      throw new IllegalStateException("no plan of " + name);
    }
    print(
        "%-48s %7.2f %8.0f %9s %8.0f %8.1f",
        name,
        free.seconds(),
        free.resident() / MEBIBYTE,
        small.code() == 0 ? String.format(Locale.ROOT, "%.2f", small.seconds()) : "too small",
        small.resident() / MEBIBYTE,
        Long.parseLong(Files.readString(live).strip()) / MEBIBYTE);
  }

  private static MeasuredProcess command(Path root, Path file, List<String> more) throws Exception {
    // The first as .mvn/jvm.config gives it to every command.
    List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
    options.addAll(more);
    return MeasuredProcess.run(
        ProcessBuilder.Redirect.DISCARD,
        options,
        List.of(Main.class.getName(), "plan", file.toString(), "--results", root.toString()));
  }

  /** Plans in this process and prints the most that full collections left of the heap, in bytes. */
  private static void live(String file, String results) throws InterruptedException {
    GarbageCollectorMXBean full =
        ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
            .filter(each -> each.getName().equals("MarkSweepCompact"))
            .findFirst()
            .orElseThrow();
    AtomicLong most = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    Thread collector =
        new Thread(
            () -> {
              while (!done.get()) {
                System.gc();
                long left =
                    full.getLastGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> HEAP.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum();
                most.accumulateAndGet(left, Math::max);
              }
            });
    collector.start();
    int code;
    try {
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
      PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
      code = CommandLineInterface.execute(nowhere, err, "plan", file, "--results", results);
    } finally {
      done.set(true);
      collector.join();
    }
    System.out.println(most);
    if (code != 0) {
      throw new IllegalStateException("exit code " + code);
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
