package io.shrinklab.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of an image set in a folder of the user's: found, checked, copied for DJL's loader. */
sealed interface LocalImages permits LooseImages, ArchivedImages {

  /**
   * Finds the files, loose or in the archive that the set's authors publish.
   *
   * @param directory the user's folder: the set's own, or the one above it
   * @throws DataException when they are not there; says where they were looked for
   */
  static LocalImages find(ImageSet set, Path directory) throws DataException {
    if (!Files.isDirectory(directory)) {
      throw new DataException(
          set.kind()
              + ": --data-dir "
              + directory
              + " is not a folder; name one that holds "
              + wanted(set));
    }
    List<Path> folders =
        Stream.concat(set.folders().stream().map(directory::resolve), Stream.of(directory))
            .toList();
    for (Path folder : folders) {
      LocalImages loose = LooseImages.in(folder, set);
      if (loose != null) {
        return loose;
      }
    }
    ImageSet.Archive archive = set.archive();
    if (archive != null) {
      for (Path folder : folders) {
        Path file = folder.resolve(archive.name());
        if (Files.isRegularFile(file)) {
          return new ArchivedImages(set, file, archive.md5());
        }
      }
    }
    throw new DataException(
        set.kind()
            + ": not found in --data-dir "
            + directory
            + "; it needs "
            + wanted(set)
            + "; leave --data-dir out to download the set");
  }

  /** What the user's folder must hold, for messages. */
  static String wanted(ImageSet set) {
    ImageSet.Archive archive = set.archive();
    return set.files().stream()
            .map(file -> String.join(" and ", file.parts()))
            .collect(Collectors.joining(", ", set.folders().get(0) + "/ with ", ", plain or .gz"))
        + (archive == null ? "" : ", or with " + archive.name());
  }

  /** SHA-256 over the files as they are, in hex: tells two folders' contents apart. */
  String sha256() throws DataException;

  /** Reads every file to its end and compares it with what the set's authors published. */
  void check() throws DataException;

  /**
   * Checks every file and writes it, uncompressed, under its item's name.
   *
   * @param folder exists
   */
  void copyTo(Path folder) throws DataException, IOException;
}
