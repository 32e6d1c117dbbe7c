package io.shrinklab.command;

import io.shrinklab.Main;
import io.shrinklab.analysis.LostRun;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.Sha256;
import io.shrinklab.spec.Variant;
import io.shrinklab.sweep.ClassPath;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of, as one hash: the experiment, what was found of its runs, and this
 * program. Runs stand for their files, which were proved, by the checksums that they are stored
 * with.
 */
final class ReportSource {
  private final MessageDigest digest = Sha256.digest();

  private ReportSource() {}

  /**
   * Of a report.
   *
   * @param looks how a sweep that is run until it is decided is looked at
   * @return SHA-256, in hex
   */
  static String of(
      Experiment experiment, Optional<Looks> looks, List<RunRecord> records, List<LostRun> lost) {
    ReportSource source = new ReportSource();
    source.add(program());
    source.add(experiment.name(), experiment.description(), experiment.baseline());
    source.add(experiment.seeds(), experiment.judging(), looks);
    for (Variant variant : experiment.variants()) {
      source.add(variant);
    }
    for (RunRecord run : records) {
      source.add(run.spec().variant().name(), run.spec().variant().setting(), run.spec().seed());
      source.add(run.status(), run.reason(), run.scoreName(), run.epochs().size(), run.best());
      source.add(run.sizes(), run.provenance(), run.equalRows(), run.chanceScore());
      source.add(run.optimalityViolation());
    }
    lost.forEach(source::add);
    return Sha256.hex(source.digest);
  }

  private void add(@Nullable Object... parts) {
    for (@Nullable Object part : parts) {
      digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Its classes and libraries by size and time, since those of a checkout change under one name.
   */
  private static String program() {
    StringBuilder found = new StringBuilder(System.getProperty("java.vm.version", ""));
    for (String place : ClassPath.of(Main.class).split(File.pathSeparator, -1)) {
      try (Stream<Path> files = Files.walk(Path.of(place))) {
        for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
          found.append('\n').append(file).append(' ').append(Files.size(file));
          found.append(' ').append(Files.getLastModifiedTime(file).toMillis());
        }
      } catch (IOException | UncheckedIOException e) {
        // A place of the class path that is not there holds no class.
        found.append('\n').append(place).append(" cannot be read");
      }
    }
    return found.toString();
  }
}
