package io.shrinklab.report;

import io.shrinklab.Main;
import io.shrinklab.experiment.Experiment;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.RunSpec;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.results.Environment;
import io.shrinklab.results.SweepFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The whole of {@code report}, in a process of its own, on 5,000 stored runs of 100 epochs: 250
 * variants and 20 seeds. At most 30 s and 1 GiB of resident memory are allowed.
 *
 * <pre>
 * mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=io.shrinklab.report.ReportBenchmark -Dexec.args="FOLDER -XX:+UseSerialGC"
 * </pre>
 *
 * <p>The runs are made up; they are written to FOLDER (1 GB, some minutes) unless they are there.
 * What follows FOLDER is handed to the measured virtual machine.
 */
public final class ReportBenchmark {
  private static final int STRENGTHS = 83;
  private static final double GIBIBYTE = 1 << 30;
  private static final double MEBIBYTE = 1 << 20;
  private static final double NANOS = 1e9;

  private ReportBenchmark() {}

  /** Prints time, memory and the size of what was written. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path file = folder.resolve("large.json");
    Files.writeString(file, experiment());
    Experiment experiment = ExperimentFile.read(file);
    store(experiment, folder);

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(args).subList(1, args.length));
    command.addAll(List.of("-Djava.awt.headless=true", Main.class.getName()));
    command.addAll(List.of("report", file.toString(), "--results", folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("CLASSPATH", classPath());
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakResident(process.pid()).orElse(0L));
    }
    print("exit code           %10d", process.exitValue());
    print("wall time           %10.1f s", (System.nanoTime() - start) / NANOS);
    print("peak resident       %10.2f GiB", peak / GIBIBYTE);
    sizes(folder.resolve(experiment.name()));
  }

  private static String classPath() {
    // Under exec:java the class path is Maven's own, and ours is what the loader was made from.
    ClassLoader loader = ReportBenchmark.class.getClassLoader();
    return loader instanceof URLClassLoader urls
        ? Stream.of(urls.getURLs())
            .map(url -> Path.of(URI.create(url.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static String experiment() {
    String strengths =
        IntStream.rangeClosed(1, STRENGTHS)
            .mapToObj(i -> String.format(Locale.ROOT, "%.6f", 1e-4 * i))
            .collect(Collectors.joining(", "));
    return """
        {"name": "large", "data": {"kind": "digits", "train": 300, "validation": 600},
         "network": {"kind": "mlp", "hidden": [128, 64]}, "optimizer": {"kind": "adam"},
         "training": {"epochs": 100}, "seeds": 20, "variants": [
           {"name": "none", "penalty": {"kind": "none"}},
           {"penalty": {"kind": "lp"},
            "grid": {"penalty.p": [1, 2, 3], "penalty.lambda": [%s]}}]}
        """
        .formatted(strengths);
  }

  private static void store(Experiment experiment, Path folder) throws Exception {
    Environment environment = Environment.detect(1);
    WeightsFile weights = new WeightsFile(new byte[72_000], "bb".repeat(32));
    try (SweepFolder sweep = SweepFolder.lock(folder, experiment.name())) {
      for (RunSpec spec : experiment.runs().toList()) {
        if (!sweep.exists(spec)) {
          RunRecord run = SyntheticSweep.record(spec, RunStatus.COMPLETED, "");
          sweep.write(
              new RunOutcome(
                  spec,
                  run.status(),
                  "",
                  run.scoreName(),
                  run.epochs(),
                  SyntheticSweep.layers(spec),
                  run.best(),
                  run.sizes(),
                  run.provenance().dataSha256(),
                  weights,
                  new EqualRows(0, 0),
                  List.of()),
              environment,
              Instant.EPOCH,
              Instant.EPOCH.plusSeconds(1),
              out -> out.write('\n'));
        }
      }
    }
  }

  /** As Linux counts it; empty elsewhere, and once the process has ended. */
  private static Optional<Long> peakResident(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static void sizes(Path sweep) throws IOException {
    try (Stream<Path> files = Files.list(sweep)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        print("%-20s%10.1f MiB", file.getFileName(), Files.size(file) / MEBIBYTE);
      }
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
