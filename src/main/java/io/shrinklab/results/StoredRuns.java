package io.shrinklab.results;

import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Every run folder under a results root by name, over all sweeps: where else a run may already be
 * trained. Names only; whoever takes a run from here proves it first.
 */
public final class StoredRuns {
  private final Map<String, List<Path>> byName;

  private StoredRuns(Map<String, List<Path>> byName) {
    this.byName = byName;
  }

  /** Lists them once. A folder that cannot be listed, or is a link, has no runs. */
  public static StoredRuns under(Path results) {
    Map<String, List<Path>> byName = new HashMap<>();
    for (Path sweep : folders(results)) {
      Path runs = sweep.resolve(RunFolder.RUNS);
      if (!Files.isDirectory(runs, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      for (Path variant : folders(runs)) {
        for (Path run : folders(variant)) {
          byName.computeIfAbsent(run.getFileName().toString(), name -> new ArrayList<>(1)).add(run);
        }
      }
    }
    return new StoredRuns(byName);
  }

  /** Folders that may hold this run. */
  public List<Path> candidates(RunSpec spec) {
    return byName.getOrDefault(RunFolder.name(spec), List.of());
  }

  /**
   * A candidate as the folder of a run.
   *
   * @param candidate {@code SWEEP/runs/VARIANT/RUN} under some root
   */
  static RunFolder folder(Path candidate, RunSpec spec) {
    Path variant = Objects.requireNonNull(candidate.getParent());
    Path runs = Objects.requireNonNull(variant.getParent());
    return RunFolder.of(Objects.requireNonNull(runs.getParent()), variant, spec);
  }

  private static List<Path> folders(Path parent) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(parent)) {
      try (DirectoryStream<Path> children =
          Files.newDirectoryStream(
              parent, child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS))) {
        children.forEach(found::add);
      } catch (IOException e) {
        return List.of();
      }
    }
    // Sorted, so that of two the same one is taken whatever the file system's order.
    found.sort(null);
    return found;
  }
}
