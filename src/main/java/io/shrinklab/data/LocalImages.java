package io.shrinklab.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of an image set in a folder of the user's: found, checked, copied for DJL's loader. */
sealed interface LocalImages permits LooseImages, ArchivedImages {

  /**
   * Finds the files, loose or in the archive that the set's authors publish.
   *
   * @param directory the user's folder: the set's own, or the one above it
   * @throws DataException when they are not there; says where they were looked for
   */
  static LocalImages find(ImageSet set, Path directory) throws DataException {
    LocalImages found = findIfThere(set, directory);
    if (found != null) {
      return found;
    }
    if (!Files.isDirectory(directory)) {
      throw new DataException(
          set.kind()
              + ": --data-dir "
              + directory
              + " is not a folder; name one that holds "
              + wanted(set));
    }
    throw new DataException(
        set.kind()
            + ": not found in --data-dir "
            + directory
            + "; it needs "
            + wanted(set)
            + "; leave --data-dir out to download the set");
  }

  /** The same, null where they are not there. */
  static @Nullable LocalImages findIfThere(ImageSet set, Path directory) {
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
    return null;
  }

  /** What the user's folder must hold, for messages. */
  static String wanted(ImageSet set) {
    ImageSet.Archive archive = set.archive();
    return set.files().stream()
            .map(file -> String.join(" and ", file.parts()))
            .collect(Collectors.joining(", ", set.folders().get(0) + "/ with ", ", plain or .gz"))
        + (archive == null ? "" : ", or with " + archive.name());
  }

  /** Which set it is. */
  ImageSet set();

  /** SHA-256 over the files as they are, in hex: tells two folders' contents apart. */
  String sha256() throws DataException;

  /** The files themselves. */
  List<Path> paths();

  /**
   * Reads every file to its end, and refuses what is not as long and does not begin as the files
   * that the set's authors published.
   */
  void read(Sink sink) throws DataException, IOException;

  /** The same for nothing but the refusal. */
  default void check() throws DataException, IOException {
    read((file, offset, bytes) -> {});
  }

  /**
   * Checks every file and writes it, uncompressed, under its item's name.
   *
   * @param folder exists
   */
  default void copyTo(Path folder) throws DataException, IOException {
    List<FileChannel> channels = new ArrayList<>();
    try {
      for (ImageFile file : set().files()) {
        channels.add(
            FileChannel.open(
                folder.resolve(file.item()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE));
      }
      read(
          (file, offset, bytes) -> {
            long at = offset;
            while (bytes.hasRemaining()) {
              at += channels.get(file).write(bytes, at);
            }
          });
    } finally {
      for (FileChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** Takes the set's files piece by piece, each file's pieces in order. */
  interface Sink {
    /**
     * Takes the next piece.
     *
     * @param file which of the set's
     * @param offset where in it the piece begins, uncompressed
     */
    void accept(int file, long offset, ByteBuffer bytes) throws IOException;
  }
}
