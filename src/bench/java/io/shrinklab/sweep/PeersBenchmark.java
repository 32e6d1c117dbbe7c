package io.shrinklab.sweep;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A named sweep from Maven to its report, in turn with other programs that train the same: wall
 * seconds of each round, medians, and how many times as long the others take. Arguments: the sweep,
 * the rounds, and for each other program a command line in one argument, with {@code *F} before it
 * where its time stands for F times as much work ({@code "*6 python3 part.py"} for a program that
 * trains a sixth of the runs).
 */
public final class PeersBenchmark {
  private PeersBenchmark() {}

  public static void main(String[] args) throws Exception {
    String sweep = args[0];
    int rounds = Integer.parseInt(args[1]);
    Path results = Files.createTempDirectory(Path.of("target"), "peers");
    List<List<Double>> times = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of("run " + sweep));
    names.addAll(List.of(args).subList(2, args.length));
    names.forEach(name -> times.add(new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      clear(results);
      String ours = "run " + sweep + " --results " + results;
      times.get(0).add(seconds(List.of("mvn", "-q", "-o", "compile", "exec:java", "-Dexec.args=" + ours)));
      for (int peer = 1; peer < names.size(); peer++) {
        String line = names.get(peer);
        double factor = 1;
        if (line.startsWith("*")) {
          factor = Double.parseDouble(line.substring(1, line.indexOf(' ')));
          line = line.substring(line.indexOf(' ') + 1);
        }
        times.get(peer).add(factor * seconds(List.of(line.split(" +"))));
      }
    }
    clear(results);
    Files.delete(results);
    double our = median(times.get(0));
    for (int i = 0; i < names.size(); i++) {
      double median = median(times.get(i));
      System.out.println(
          String.format(
              Locale.ROOT,
              "%-60s median %7.1f s   %5.2f times ours   %s",
              names.get(i),
              median,
              median / our,
              times.get(i).stream().map(t -> String.format(Locale.ROOT, "%.1f", t)).toList()));
    }
  }

  private static double seconds(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    File log = new File("target/peers.log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(command + " ended with " + code + "; see " + log);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }
}
