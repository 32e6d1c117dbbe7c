package io.shrinklab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program in a virtual machine of its own, from start to end, for benchmarks.
 *
 * @param code its exit code
 * @param seconds wall time
 * @param processor seconds of processor time, to some hundredths, of the process without those that
 *     it starts; 0 where the system does not tell
 * @param resident the most bytes it had in memory, as Linux counts them; 0 elsewhere
 */
public record MeasuredProcess(int code, double seconds, double processor, double resident) {
  private static final double NANOS = 1e9;

  /**
   * Runs one with the classes of this one.
   *
   * @param output where standard output goes; errors go to this process's own
   * @param options of the virtual machine
   * @param arguments the main class, and what it is called with
   */
  public static MeasuredProcess run(
      ProcessBuilder.Redirect output, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(output)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", classPath());
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    long busy = 0;
    while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakResident(process.pid()).orElse(0L));
      busy = Math.max(busy, process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L));
    }
    return new MeasuredProcess(
        process.exitValue(), (System.nanoTime() - start) / NANOS, busy / NANOS, peak);
  }

  private static String classPath() {
    // Under exec:java the class path is Maven's own, and ours is what the loader was made from.
    ClassLoader loader = MeasuredProcess.class.getClassLoader();
    return loader instanceof URLClassLoader urls
        ? Stream.of(urls.getURLs())
            .map(url -> Path.of(URI.create(url.toString())).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  /** Empty where there is no such file, and once the process has ended. */
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
}
