package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.IoReason;
import io.shrinklab.spec.PathText;
import io.shrinklab.spec.Sha256;
import io.shrinklab.spec.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the user's whose content is the one that the experiment names.
 *
 * @param path where it is
 * @param sha256 of its bytes, in hex
 */
record UserFile(Path path, String sha256) {
  /** Larger files are refused before memory is taken; Java's arrays end there too. */
  static final long MAX_BYTES = 2_000_000_000L;

  private static final Set<String> ALGORITHMS = Set.of("md5", "sha256");

  /**
   * Where a file or folder is.
   *
   * @param spec says its name and its checksum
   * @param directory where to look first for a relative path
   * @param contents what files are known to hold
   */
  record Place(DataSpec.InFile spec, @Nullable Path directory, ContentCache contents) {
    /**
     * The digest that the content is named by.
     *
     * @return null where it is not there
     * @throws DataException when it is there and cannot be read, or is too large
     */
    @Nullable String checksum() throws DataException {
      Path path = locateIfThere(spec, directory);
      if (path == null) {
        return null;
      }
      try {
        List<Path> files = Files.isDirectory(path) ? ClassFolders.files(path) : List.of(path);
        return "sha256:" + contents.get("sha256", files, () -> hash(path));
      } catch (IOException e) {
        throw unreadable(spec, path, e);
      }
    }
  }

  /**
   * Finds a file, or a folder of folders, and compares its checksum.
   *
   * @param directory where to look first for a relative path
   * @throws DataException when it is not there, too large, or another content than named
   */
  static UserFile find(DataSpec.InFile spec, @Nullable Path directory) throws DataException {
    Path path = locateIfThere(spec, directory);
    if (path == null) {
      throw new DataException(
          "data.%s: found no %s ".formatted(spec.fileKey(), spec.fileKey())
              + places(spec, directory).stream()
                  .map(Path::toString)
                  .collect(Collectors.joining(" nor "))
              + "; name an existing one, or the folder that holds it with --data-dir");
    }
    try {
      return checked(spec, path, hash(path));
    } catch (IOException e) {
      throw unreadable(spec, path, e);
    }
  }

  private static DataException unreadable(DataSpec.InFile spec, Path path, IOException e) {
    return new DataException(
        "data." + spec.fileKey() + ": " + path + " cannot be read (" + IoReason.of(e) + ")", e);
  }

  private static @Nullable Path locateIfThere(DataSpec.InFile spec, @Nullable Path directory)
      throws DataException {
    boolean folder = spec.fileKey().equals("folder");
    for (Path place : places(spec, directory)) {
      if (folder ? Files.isDirectory(place) : Files.isRegularFile(place)) {
        return place;
      }
    }
    return null;
  }

  private static List<Path> places(DataSpec.InFile spec, @Nullable Path directory)
      throws DataException {
    Path path;
    try {
      path = PathText.parse(spec.file());
    } catch (InvalidPathException e) {
      throw new DataException("data." + spec.fileKey() + ": " + e.getReason(), e);
    }
    return Stream.concat(
            Stream.ofNullable(directory).map(dir -> dir.resolve(path)), Stream.of(path))
        .distinct()
        .toList();
  }

  private static UserFile checked(DataSpec.InFile spec, Path path, String sha256)
      throws DataException, IOException {
    String checksum = spec.checksum();
    if (checksum.isEmpty()) {
      throw new DataException(
          "data.checksum: missing; runs are named by the content of their data. "
              + path
              + " holds what this names: \"checksum\": \"sha256:"
              + sha256
              + "\"; write that into the experiment's data");
    }
    int colon = checksum.indexOf(':');
    String algorithm = colon < 0 ? "" : checksum.substring(0, colon);
    if (!ALGORITHMS.contains(algorithm)) {
      throw new DataException(
          "data.checksum: found "
              + Visible.word(checksum)
              + "; sha256: or md5: and a hex digest are allowed");
    }
    if (algorithm.equals("md5") && Files.isDirectory(path)) {
      throw new DataException(
          "data.checksum: found " + Visible.word(checksum) + "; a folder has a sha256: only");
    }
    String actual = algorithm.equals("sha256") ? sha256 : hash(path, "MD5");
    if (!actual.equalsIgnoreCase(checksum.substring(colon + 1))) {
      throw new DataException(
          "data.checksum: found "
              + Visible.word(checksum)
              + ", but "
              + path
              + " has "
              + algorithm
              + ":"
              + actual
              + "; get the file again from its source, or write the new checksum, which makes new"
              + " runs");
    }
    return new UserFile(path, sha256);
  }

  /** SHA-256 of a file, or over a folder's names and files, in hex. */
  private static String hash(Path path) throws IOException, DataException {
    if (Files.isDirectory(path)) {
      return hashFolder(path);
    }
    if (Files.size(path) > MAX_BYTES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data.file: %s has %,d bytes; %,d are allowed; take a part of it",
              path,
              Files.size(path),
              MAX_BYTES));
    }
    return hash(path, "SHA-256");
  }

  /** Over the names and the content of the files in a folder's folders, in the order of names. */
  private static String hashFolder(Path folder) throws IOException, DataException {
    List<Path> files = ClassFolders.files(folder);
    ClassFolders.requireRoom(files);
    MessageDigest digest = Sha256.digest();
    for (Path file : files) {
      digest.update(NameBytes.bytes(Objects.requireNonNull(file.getParent())));
      digest.update((byte) '/');
      digest.update(NameBytes.bytes(file));
      digest.update((" " + hash(file, "SHA-256") + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return Sha256.hex(digest);
  }

  /** The digest of a file, in hex. */
  static String hash(Path path, String algorithm) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return Sha256.hex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
