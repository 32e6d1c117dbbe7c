package io.shrinklab.report;

import io.shrinklab.Main;
import io.shrinklab.MeasuredProcess;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.results.Environment;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What {@code plan} and {@code report} cost on stored sweeps of any size, each in a process of its
 * own, from its start to its end. 10,000 runs of 100 epochs are allowed 10 s and 1 GiB of resident
 * memory.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.shrinklab.report.ReportBenchmark \
 *     -Dexec.args="FOLDER 600x60 10000x100 100000x10x3000 -XX:+UseSerialGC"
 * </pre>
 *
 * <p>A size is runs x epochs x bytes of weights, {@value #WEIGHTS} where that is left out; twenty
 * seeds of a baseline and of three exponents with as many strengths as it takes. The runs are made
 * up; they are written to FOLDER unless they are there, so that the second call measures alone.
 * What follows the sizes is handed to the measured virtual machine.
 */
public final class ReportBenchmark {
  private static final int WEIGHTS = 72_000;
  private static final int SEEDS = 20;
  private static final int EXPONENTS = 3;

  /** Writers at once: each waits for the disk most of the time. */
  private static final int WRITERS = 16;

  private static final int BLOCK = 4096;
  private static final double MEBIBYTE = 1 << 20;

  private ReportBenchmark() {}

  /** Prints two lines for each size. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<String> sizes = Arrays.stream(args).skip(1).filter(arg -> !arg.startsWith("-")).toList();
    List<String> options =
        new ArrayList<>(Arrays.stream(args).skip(1).filter(arg -> arg.startsWith("-")).toList());
    options.add("-Djava.awt.headless=true");
    print(
        "%-24s %-7s %8s %10s %8s %12s %12s",
        "", "", "seconds", "processor", "MiB", "ms per run", "KiB per run");
    for (String size : sizes) {
      int[] numbers = Arrays.stream(size.split("x")).mapToInt(Integer::parseInt).toArray();
      Path file = folder.resolve(size + ".json");
      Files.writeString(file, experiment("stored-" + size, numbers[0], numbers[1]));
      Experiment experiment = ExperimentFile.read(file);
      store(experiment, folder, numbers.length > 2 ? numbers[2] : WEIGHTS);
      measure("plan", experiment, file, options);
      measure("report", experiment, file, options);
    }
  }

  private static String experiment(String name, int runs, int epochs) {
    int strengths = Math.max(1, (runs / SEEDS - 1) / EXPONENTS);
    return """
        {"name": "%s", "data": {"kind": "digits", "train": 300, "validation": 600},
         "network": {"kind": "mlp", "hidden": [128, 64]}, "optimizer": {"kind": "adam"},
         "training": {"epochs": %d}, "seeds": %d, "variants": [
           {"name": "none", "penalty": {"kind": "none"}},
           {"penalty": {"kind": "lp"},
            "grid": {"penalty.p": [1, 2, 3], "penalty.lambda": [%s]}}]}
        """
        .formatted(
            name,
            epochs,
            SEEDS,
            IntStream.rangeClosed(1, strengths)
                .mapToObj(i -> String.format(Locale.ROOT, "%.6f", 1e-4 * i))
                .collect(Collectors.joining(", ")));
  }

  private static void store(Experiment experiment, Path folder, int bytes) throws Exception {
    Environment environment = Environment.detect(1);
    WeightsFile weights = new WeightsFile(new byte[bytes], "bb".repeat(32));
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try (SweepFolder sweep = SweepFolder.lock(folder, experiment.name())) {
      List<Future<?>> written = new ArrayList<>();
      for (RunSpec run : experiment.runs().filter(run -> !sweep.exists(run)).toList()) {
        written.add(
            writers.submit(
                () -> {
                  store(sweep, run, weights, environment);
                  return null;
                }));
      }
      for (Future<?> each : written) {
        each.get();
      }
    } finally {
      writers.shutdownNow();
    }
  }

  private static void store(
      SweepFolder sweep, RunSpec spec, WeightsFile weights, Environment environment)
      throws ResultsException {
    RunRecord run = SyntheticSweep.record(spec, RunStatus.COMPLETED, "");
    sweep.write(
        ARun.like(run).layers(SyntheticSweep.layers(spec)).weights(weights).outcome(),
        environment,
        Instant.EPOCH,
        Instant.EPOCH.plusSeconds(1),
        out -> out.write('\n'));
  }

  private static void measure(
      String command, Experiment experiment, Path file, List<String> options)
      throws IOException, InterruptedException {
    Path results = Objects.requireNonNull(file.getParent());
    MeasuredProcess process =
        MeasuredProcess.run(
            ProcessBuilder.Redirect.DISCARD,
            options,
            List.of(
                Main.class.getName(), command, file.toString(), "--results", results.toString()));
    if (process.code() != 0) {
      throw new IllegalStateException(command + " of " + file + " ended with " + process.code());
    }
    print(
        "%-24s %-7s %8.1f %10.1f %8.0f %12.2f %12d",
        String.format(
            Locale.ROOT,
            "%,d runs x %,d epochs",
            experiment.size(),
            experiment.variants().get(0).training().epochs()),
        command,
        process.seconds(),
        process.processor(),
        process.resident() / MEBIBYTE,
        1000 * process.seconds() / experiment.size(),
        kibibytes(results, experiment));
  }

  /** What the first run takes on a disk of 4 KiB blocks, its folder too. */
  private static long kibibytes(Path results, Experiment experiment) throws IOException {
    Path run =
        SweepFolder.open(results, experiment.name())
            .path(experiment.runs().findFirst().orElseThrow());
    long blocks = 1;
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.toList()) {
        blocks += (Files.size(file) + BLOCK - 1) / BLOCK;
      }
    }
    return blocks * BLOCK / 1024;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
