package io.shrinklab.sweep;

import io.shrinklab.results.RunState;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A sweep with {@link FaultyWorker}s in a folder of its own. */
final class TestSweep {
  static final String NAME = "demo";

  final Path root;
  final Recorder heard = new Recorder();
  private final List<String> options = new ArrayList<>();
  private int jobs = 1;
  private int threads = 1;
  private OnFailure onFailure = OnFailure.GO_ON;
  private long growth = 1L << 40;
  private WritePoint point = WritePoint.PASS;

  TestSweep(Path root) {
    this.root = root;
  }

  TestSweep jobs(int workers) {
    jobs = workers;
    return this;
  }

  TestSweep threads(int ofAProcess) {
    threads = ofAProcess;
    return this;
  }

  TestSweep failFast() {
    onFailure = OnFailure.END_SWEEP;
    return this;
  }

  TestSweep growth(long bytes) {
    growth = bytes;
    return this;
  }

  TestSweep option(String option) {
    options.add(option);
    return this;
  }

  TestSweep point(WritePoint fault) {
    point = fault;
    return this;
  }

  /** Runs of three epochs: for each name the seeds 0 and 1. */
  static List<RunSpec> runs(String... names) {
    List<RunSpec> runs = new ArrayList<>();
    for (String name : names) {
      for (int seed = 0; seed < 2; seed++) {
        // The strength makes variants of different names different runs.
        runs.add(TestRuns.spec(name, 1 + Math.floorMod(name.hashCode(), 900), seed));
      }
    }
    return runs;
  }

  WorkerCommand command() {
    List<String> all =
        new ArrayList<>(List.of("-Xmx48m", "-XX:TieredStopAtLevel=1", "-Dtest.memory=" + root));
    all.addAll(options);
    return new WorkerCommand(FaultyWorker.class.getName(), all, growth);
  }

  SweepSummary run(List<RunSpec> runs) throws Exception {
    return run(runs, heard);
  }

  SweepSummary run(List<RunSpec> runs, SweepListener listener) throws Exception {
    return new Sweep(
            new SweepOptions(results(), null, jobs, onFailure),
            point,
            WorkerPlaces.with(workers -> command(), threads))
        .run(NAME, runs, listener);
  }

  Path results() {
    return root.resolve("results");
  }

  SweepFolder folder() {
    return SweepFolder.open(results(), NAME);
  }

  RunState state(RunSpec run) {
    return folder().read(run).state();
  }

  String log(RunSpec run) throws IOException {
    return Files.readString(folder().path(run).resolve("run.log"));
  }

  /**
   * Everything that decides a number: CSV files without their columns of times, weights, and no
   * other file or folder at all.
   */
  static Map<String, String> numbers(Path results) throws IOException {
    Map<String, String> numbers = new TreeMap<>();
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = results.relativize(file).toString();
        if (name.endsWith(".csv")) {
          numbers.put(name, withoutSeconds(Files.readAllLines(file)));
        } else if (name.endsWith(".npz")) {
          numbers.put(name, arrays(file));
        } else {
          numbers.put(name, "");
        }
      }
    }
    return numbers;
  }

  /** What is in an archive, without the times that its entries carry; made-up weights as text. */
  private static String arrays(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        text.append(entry.getName()).append(' ');
        text.append(HexFormat.of().formatHex(archive.readAllBytes())).append('\n');
      }
    }
    return text.isEmpty() ? Files.readString(file) : text.toString();
  }

  private static String withoutSeconds(List<String> lines) {
    int seconds = Arrays.asList(lines.get(0).split(",", -1)).indexOf("seconds");
    if (seconds < 0) {
      return String.join("\n", lines);
    }
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      List<String> cells = new ArrayList<>(Arrays.asList(line.split(",", -1)));
      cells.remove(seconds);
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }
}
