package io.shrinklab.results;

import io.shrinklab.results.WritePoint.Change;
import io.shrinklab.spec.FolderName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is made under a marked name and is to go: half-written runs and reports, runs that others
 * took the place of, workers' logs. Marks are made here, and nothing else in this room deletes:
 * only a whole name as we make it, where we make it, and in a folder only the files that we write.
 * What others put there stays, and links are neither followed nor removed.
 */
final class Leftovers {
  private static final String TOKEN = "[0-9a-f]{8}";

  private static final Pattern RUN =
      Pattern.compile(
          RunFolder.NAME
              + "("
              + Pattern.quote(FolderName.INCOMPLETE)
              + "|"
              + Pattern.quote(FolderName.REPLACED)
              + ")"
              + TOKEN);

  private static final Pattern REPORT =
      Pattern.compile("(.+)" + Pattern.quote(FolderName.INCOMPLETE) + TOKEN);

  private static final Pattern WORKER_LOG = Pattern.compile("(worker|crash)-[0-9]+\\.log");

  private final Path sweep;
  private final WritePoint point;

  Leftovers(Path sweep, WritePoint point) {
    this.sweep = sweep;
    this.point = point;
  }

  /** A name beside a file or folder that is not whole yet. */
  static Path incomplete(Path whole) {
    return marked(whole, FolderName.INCOMPLETE);
  }

  /** A name beside a folder that another one takes the place of. */
  static Path replaced(Path whole) {
    return marked(whole, FolderName.REPLACED);
  }

  private static Path marked(Path whole, String mark) {
    String token = UUID.randomUUID().toString().substring(0, 8);
    return whole.resolveSibling(whole.getFileName() + mark + token);
  }

  /** Whether something that was to become this run is there. */
  static boolean has(Path variant, String run) throws IOException {
    return anyMatch(variant, name -> name.startsWith(run + FolderName.INCOMPLETE) && isRun(name));
  }

  private static boolean isRun(String name) {
    return RUN.matcher(name).matches();
  }

  /**
   * Removes all that interrupted processes left of runs and reports.
   *
   * @return folders that stay, since there is something in them that we did not make
   */
  List<Path> clean() throws IOException {
    List<Path> kept = new ArrayList<>();
    for (Path variant : in(sweep.resolve(RunFolder.RUNS), name -> true)) {
      if (Entry.at(variant) == Entry.FOLDER) {
        for (Path run : in(variant, Leftovers::isRun)) {
          if (!removeRun(run)) {
            kept.add(run);
          }
        }
      }
    }
    for (String folder : ReportFolder.FOLDERS) {
      for (Path file : in(sweep.resolve(folder), name -> true)) {
        removeReport(file);
      }
    }
    return kept;
  }

  /**
   * Removes a marked folder of a run; anything else stays.
   *
   * @return whether nothing is left of it
   */
  boolean removeRun(Path folder) throws IOException {
    Path place = sweep.relativize(folder);
    if (place.getNameCount() != 3
        || !place.startsWith(RunFolder.RUNS)
        || !isRun(String.valueOf(folder.getFileName()))) {
      throw new IllegalArgumentException(folder + " has no mark of ours");
    }
    return remove(folder, RunFile::isName);
  }

  /** Removes a marked file of the report; anything else stays. */
  void removeReport(Path file) throws IOException {
    Path place = sweep.relativize(file);
    Matcher name = REPORT.matcher(String.valueOf(file.getFileName()));
    if (name.matches()
        && ReportFolder.isPlace(place.resolveSibling(name.group(1)))
        && Entry.at(file) == Entry.FILE) {
      delete(file);
    }
  }

  /** Removes the workers' logs. */
  void removeLogs() throws IOException {
    remove(sweep.resolve(WorkerLog.FOLDER), name -> WORKER_LOG.matcher(name).matches());
  }

  /** Removes our files from a folder and, if that was all, the folder. */
  private boolean remove(Path folder, Predicate<String> ours) throws IOException {
    for (int attempt = 1; ; attempt++) {
      if (Entry.at(folder) != Entry.FOLDER) {
        return Entry.at(folder) == Entry.NOTHING;
      }
      for (Path file : in(folder, ours)) {
        if (Entry.at(file) == Entry.FILE) {
          delete(file);
        }
      }
      try {
        if (anyMatch(folder, name -> true)) {
          throw new DirectoryNotEmptyException(folder.toString());
        }
        delete(folder);
        return true;
      } catch (DirectoryNotEmptyException e) {
        // The worker of a killed sweep may live for a moment longer and write one more file.
        if (attempt == 5) {
          return false;
        }
      }
    }
  }

  private void delete(Path ours) throws IOException {
    point.before(Change.DELETE, ours);
    try {
      Files.delete(ours);
    } catch (NoSuchFileException e) {
      // Another process was faster.
    }
  }

  private static boolean anyMatch(Path folder, Predicate<String> wanted) throws IOException {
    return !in(folder, wanted).isEmpty();
  }

  private static List<Path> in(Path folder, Predicate<String> wanted) throws IOException {
    return Entry.in(folder).stream()
        .filter(child -> wanted.test(String.valueOf(child.getFileName())))
        .toList();
  }
}
