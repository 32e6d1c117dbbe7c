package io.shrinklab.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Provenance;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
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
 * @param commit of the code, {@value #UNKNOWN} outside a checkout or without git
 * @param dirty whether sources or build file had changes that are in no commit
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
    boolean dirty,
    String jdk,
    String djl,
    String libtorch,
    String os,
    String cpu,
    int threads) {

  /** Stands where something could not be found out. */
  public static final String UNKNOWN = "unknown";

  /**
   * Finds out everything; never fails.
   *
   * @param threads that the engine will compute with
   */
  public static Environment detect(int threads) {
    Path home = codeHome();
    String commit = git(home, "rev-parse", "HEAD");
    // Only what is compiled decides a number: an edited experiment or README does not.
    String changes =
        commit == null ? null : git(home, "status", "--porcelain", "--", "src", "pom.xml");
    return new Environment(
        version("version.properties", "version"),
        commit == null ? UNKNOWN : commit,
        changes != null && !changes.isEmpty(),
        System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
        version("/ai/djl/engine/api.properties", "djl_version"),
        version("/pytorch-engine.properties", "pytorch_version"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        cpuName(),
        threads);
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

  /** The top of the checkout that these classes were compiled in; null when run from elsewhere. */
  private static @Nullable Path codeHome() {
    try {
      Path classes =
          Path.of(Environment.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path at = classes; at != null; at = at.getParent()) {
        if (Files.exists(at.resolve(".git")) && Files.exists(at.resolve("pom.xml"))) {
          return at;
        }
      }
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
    return null;
  }

  private static @Nullable String git(@Nullable Path home, String... arguments) {
    if (home == null) {
      return null;
    }
    List<String> command =
        Stream.concat(Stream.of("git", "-C", home.toString()), Stream.of(arguments)).toList();
    return output(command);
  }

  private static @Nullable String output(List<String> command) {
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
  private static String version(String resource, String key) {
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
