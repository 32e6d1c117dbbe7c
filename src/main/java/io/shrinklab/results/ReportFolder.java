package io.shrinklab.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Where the report's files are in a sweep's folder, and how they get there. */
final class ReportFolder {
  /** The folders that hold some, relative to the sweep's. */
  static final List<String> FOLDERS = List.of("", "charts", "steps");

  /** Those of the sweep's own report; steps are of a run that was done again. */
  private static final List<String> OWN = List.of("", "charts");

  private static final Pattern PLACE =
      Pattern.compile(
          "\\.report|report\\.html|(looks|data)\\.json|(summary|runs|metrics|effects)\\.csv"
              + "|summary\\.(md|tex)|summary-paper\\.tex"
              + "|charts/[a-z0-9-]+\\.(png|svg|pdf)"
              + "|steps/[A-Za-z0-9][A-Za-z0-9._+-]*-seed--?[0-9]+(-[0-9a-f]{8})?(\\.html|(-layers)?\\.csv)");

  private final Path sweep;
  private final Disk disk;
  private final Leftovers leftovers;

  ReportFolder(Path sweep, Disk disk, Leftovers leftovers) {
    this.sweep = sweep;
    this.disk = disk;
    this.leftovers = leftovers;
  }

  /** Whether a path, relative to the sweep's folder, is a report's. */
  static boolean isPlace(Path relative) {
    return PLACE.matcher(relative.toString().replace('\\', '/')).matches();
  }

  /**
   * Makes sure that nothing but an older report is where a report's files belong, so that a report
   * is written whole or not begun.
   */
  void requirePlaces() throws IOException {
    for (Path entry : places(FOLDERS)) {
      Entry.isFile(entry);
    }
  }

  /** The report's files that are there, in the order of their names; not its stamp. */
  List<Path> files() throws IOException {
    return places(OWN).stream().filter(file -> !file.endsWith(ReportStamp.NAME)).sorted().toList();
  }

  /** What is in the places of a report's files. */
  private List<Path> places(List<String> folders) throws IOException {
    List<Path> places = new ArrayList<>();
    for (String folder : folders) {
      for (Path entry : Entry.in(sweep.resolve(folder))) {
        if (isPlace(sweep.relativize(entry))) {
          places.add(entry);
        }
      }
    }
    return places;
  }

  /** Puts a file in its place, whole or not at all. */
  void publish(String file, Content content) throws IOException {
    if (!isPlace(Path.of(file))) {
      throw new IllegalArgumentException(file + " is not a report's place");
    }
    Path target = sweep.resolve(file);
    disk.folder(sweep, Objects.requireNonNull(target.getParent()));
    // Something else than an older report under this name is not ours to replace.
    Entry.isFile(target);
    Path incomplete = Leftovers.incomplete(target);
    try {
      disk.write(incomplete, content);
      disk.rename(incomplete, target);
    } catch (IOException e) {
      try {
        leftovers.removeReport(incomplete);
      } catch (IOException again) {
        // It stays behind, and the next sweep clears it away.
        e.addSuppressed(again);
      }
      throw e;
    }
  }
}
