package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.PathText;
import io.shrinklab.spec.Sha256;
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
import java.util.Set;
import java.util.function.Predicate;
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
   * Finds a file and compares its checksum.
   *
   * @param directory where to look first for a relative path
   * @throws DataException when it is not there, too large, or another content than named
   */
  static UserFile find(DataSpec.InFile spec, @Nullable Path directory) throws DataException {
    Path path = locate("file", spec.file(), directory, Files::isRegularFile);
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "data.file: %s has %,d bytes; %,d are allowed; take a part of it",
                path,
                Files.size(path),
                MAX_BYTES));
      }
      return checked(spec, path, hash(path, "SHA-256"));
    } catch (IOException e) {
      throw new DataException("data.file: " + path + " cannot be read (" + e + ")", e);
    }
  }

  /**
   * Finds a folder of folders and compares its checksum.
   *
   * @param directory where to look first for a relative path
   * @throws DataException when it is not there, or another content than named
   */
  static UserFile findFolder(DataSpec.InFile spec, @Nullable Path directory) throws DataException {
    Path path = locate("folder", spec.file(), directory, Files::isDirectory);
    try {
      return checked(spec, path, hashFolder(path));
    } catch (IOException e) {
      throw new DataException("data.folder: " + path + " cannot be read (" + e + ")", e);
    }
  }

  private static Path locate(
      String what, String file, @Nullable Path directory, Predicate<Path> isOne)
      throws DataException {
    Path path;
    try {
      path = PathText.parse(file);
    } catch (InvalidPathException e) {
      throw new DataException("data." + what + ": " + e.getReason(), e);
    }
    List<Path> places =
        Stream.concat(Stream.ofNullable(directory).map(dir -> dir.resolve(path)), Stream.of(path))
            .distinct()
            .toList();
    for (Path place : places) {
      if (isOne.test(place)) {
        return place;
      }
    }
    throw new DataException(
        "data.%s: found no %s ".formatted(what, what)
            + places.stream().map(Path::toString).collect(Collectors.joining(" nor "))
            + "; name an existing one, or the folder that holds it with --data-dir");
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
          "data.checksum: found " + checksum + "; sha256: or md5: and a hex digest are allowed");
    }
    if (algorithm.equals("md5") && Files.isDirectory(path)) {
      throw new DataException("data.checksum: found " + checksum + "; a folder has a sha256: only");
    }
    String actual = algorithm.equals("sha256") ? sha256 : hash(path, "MD5");
    if (!actual.equalsIgnoreCase(checksum.substring(colon + 1))) {
      throw new DataException(
          "data.checksum: found "
              + checksum
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

  /** Over the names and the content of the files in a folder's folders, in the order of names. */
  private static String hashFolder(Path folder) throws IOException {
    MessageDigest digest = Sha256.digest();
    for (Path inner : ClassFolders.entries(folder).filter(Files::isDirectory).toList()) {
      for (Path file : ClassFolders.entries(inner).filter(Files::isRegularFile).toList()) {
        String line =
            inner.getFileName() + "/" + file.getFileName() + " " + hash(file, "SHA-256") + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
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
