package io.shrinklab.report;

import io.shrinklab.Main;
import io.shrinklab.MeasuredProcess;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.results.Environment;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private ReportBenchmark() {}

  /** Prints time, memory and the size of what was written. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path file = folder.resolve("large.json");
    Files.writeString(file, experiment());
    Experiment experiment = ExperimentFile.read(file);
    store(experiment, folder);

    List<String> options = new ArrayList<>(List.of(args).subList(1, args.length));
    options.add("-Djava.awt.headless=true");
    MeasuredProcess report =
        MeasuredProcess.run(
            ProcessBuilder.Redirect.INHERIT,
            options,
            List.of(
                Main.class.getName(), "report", file.toString(), "--results", folder.toString()));
    print("exit code           %10d", report.code());
    print("wall time           %10.1f s", report.seconds());
    print("peak resident       %10.2f GiB", report.resident() / GIBIBYTE);
    sizes(folder.resolve(experiment.name()));
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
              ARun.like(run).layers(SyntheticSweep.layers(spec)).weights(weights).outcome(),
              environment,
              Instant.EPOCH,
              Instant.EPOCH.plusSeconds(1),
              out -> out.write('\n'));
        }
      }
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
