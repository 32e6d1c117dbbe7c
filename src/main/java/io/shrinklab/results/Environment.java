package io.shrinklab.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Provenance;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run is computed with: code, libraries, machine. Found once per sweep and given to its
 * workers, so that all rows of a sweep agree.
 *
 * @param shrinklabVersion of this program
 * @param commit of the code, {@value #UNKNOWN} where nobody knows
 * @param dirty whether sources or build file had changes that are in no commit; null where nobody
 *     knows
 * @param jdk vendor and version
 * @param djl version
 * @param libtorch version
 * @param os name, version, architecture
 * @param cpu the processor's name
 * @param threads that the engine computes with
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Environment(
    String shrinklabVersion,
    String commit,
    @Nullable Boolean dirty,
    String jdk,
    String djl,
    String libtorch,
    String os,
    String cpu,
    int threads) {

  /** Stands where something could not be found out. */
  public static final String UNKNOWN = Provenance.UNKNOWN;

  /**
   * Finds out everything; never fails.
   *
   * @param threads that the engine will compute with
   */
  public static Environment detect(int threads) {
    CodeState code = CodeState.detect();
    return new Environment(
        property("version.properties", "version"),
        code.commit(),
        code.dirty(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
        property("/ai/djl/engine/api.properties", "djl_version"),
        property("/pytorch-engine.properties", "pytorch_version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        cpuName(),
        threads);
  }

  /** The same machine and libraries with code that somebody else knows about. */
  public Environment ofCode(String itsCommit, @Nullable Boolean itsDirty) {
    return new Environment(
        shrinklabVersion, itsCommit, itsDirty, jdk, djl, libtorch, os, cpu, threads);
  }

  /** What is recorded of one run. */
  Provenance provenance(
      String dataSha256,
      String weightsSha256,
      List<EpochMetrics> epochs,
      Instant started,
      Instant ended) {
    return new Provenance(
        dataSha256,
        weightsSha256,
        MetricsCsv.sha256(epochs),
        shrinklabVersion,
        commit,
        dirty,
        jdk,
        djl,
        libtorch,
        os,
        cpu,
        threads,
        started.toString(),
        ended.toString(),
        Duration.between(started, ended).toNanos() / 1e9);
  }

  static @Nullable String output(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(nullDevice()))
              .start();
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return null;
        }
        return process.exitValue() == 0 ? text : null;
      }
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static File nullDevice() {
    return new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
  }

  /** Reads the version that a library's own jar states; the build file only says what was asked. */
  static String property(String resource, String key) {
    try (InputStream in = Environment.class.getResourceAsStream(resource)) {
      if (in == null) {
        return UNKNOWN;
      }
      Properties properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return properties.getProperty(key, UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String cpuName() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return lines
            .filter(line -> line.startsWith("model name") || line.startsWith("CPU part"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
      } catch (IOException e) {
        return UNKNOWN;
      }
    }
    if (System.getProperty("os.name", "").startsWith("Mac")) {
      String name = output(List.of("sysctl", "-n", "machdep.cpu.brand_string"));
      return name == null ? UNKNOWN : name;
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? UNKNOWN : windows;
  }
}
