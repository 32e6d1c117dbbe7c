package io.shrinklab.report;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.experiment.Experiment;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Analysis and tables of 5,000 runs x 100 epochs; at most 30 s and 1 GiB are allowed.
 *
 * <pre>MAVEN_OPTS=-Xmx1g mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=io.shrinklab.report.TablesBenchmark</pre>
 */
public final class TablesBenchmark {
  private static final int VARIANTS = 250;
  private static final int SEEDS = 20;
  private static final int EPOCHS = 100;

  private TablesBenchmark() {}

  private interface Step {
    void run() throws IOException;
  }

  /** Prints a line per step. */
  public static void main(String[] args) throws IOException {
    HandMade sweep = sweep();
    Experiment experiment = sweep.experiment();
    List<RunRecord> records = sweep.records();
    Path folder = Files.createTempDirectory("shrinklab-benchmark");
    long start = System.nanoTime();
    List<SweepAnalysis> analysis = new ArrayList<>();
    time("analysis", () -> analysis.add(SweepAnalysis.of(experiment, records)));
    time("summary.csv", () -> write(folder, out -> SummaryCsv.write(analysis.get(0), out)));
    time("runs.csv", () -> write(folder, out -> RunsCsv.write(analysis.get(0), records, out)));
    time("metrics.csv", () -> write(folder, out -> MetricsCsv.write(experiment, records, out)));
    time("summary.md", () -> write(folder, out -> SummaryMarkdown.write(analysis.get(0), out)));
    time("summary.tex", () -> write(folder, out -> SummaryLatex.write(analysis.get(0), out)));
    print("in all", System.nanoTime() - start);
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.println("peak heap at most " + (peak >> 20) + " MiB");
    Files.delete(folder);
  }

  private static void time(String step, Step body) throws IOException {
    long start = System.nanoTime();
    body.run();
    print(step, System.nanoTime() - start);
  }

  private static void print(String step, long nanos) {
    System.out.printf(Locale.ROOT, "%-12s %6.2f s%n", step, nanos / 1e9);
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static void write(Path folder, Writing writing) throws IOException {
    Path file = Files.createTempFile(folder, "table", "");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      writing.to(out);
    }
    Files.delete(file);
  }

  private static HandMade sweep() {
    SplittableRandom random = new SplittableRandom(1);
    HandMade sweep = HandMade.splitPerSeed(SEEDS).none();
    for (int variant = 1; variant < VARIANTS; variant++) {
      sweep.lp("v" + variant, "", 0.5 * (1 + variant % 5), 1e-6 * variant);
    }
    for (int variant = 0; variant < VARIANTS; variant++) {
      String name = variant == 0 ? "none" : "v" + variant;
      for (int seed = 0; seed < SEEDS; seed++) {
        List<HandMade.Scores> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
          epochs.add(new HandMade.Scores(random.nextDouble(), random.nextDouble()));
        }
        sweep.record(name, seed, RunStatus.COMPLETED, "", epochs, random.nextDouble());
      }
    }
    return sweep;
  }
}
