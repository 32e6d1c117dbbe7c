package io.shrinklab.experiment;

import io.shrinklab.spec.Check;
import io.shrinklab.spec.IoReason;
import io.shrinklab.spec.NamedByContent;
import io.shrinklab.spec.PathText;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out what names the content of a file that an experiment names by its path alone. */
final class FileNames {
  /** A grid reads a file many times, and it is the same. */
  private static final Map<State, String> KNOWN = new ConcurrentHashMap<>();

  private record State(Path path, long size, FileTime time) {}

  private FileNames() {}

  /**
   * Completes a specification; reports a file that is not there.
   *
   * @return the same where it has a checksum
   */
  static NamedByContent named(NamedByContent spec, Check.Reporter reporter) {
    if (!spec.checksum().isEmpty()) {
      return spec;
    }
    try {
      Path path = PathText.parse(spec.file());
      if (!Files.isRegularFile(path)) {
        reporter.problem(
            "file", spec.file(), "an existing file: there is no " + path.toAbsolutePath());
        return spec;
      }
      State state =
          new State(path.toAbsolutePath(), Files.size(path), Files.getLastModifiedTime(path));
      String hash = KNOWN.get(state);
      if (hash == null) {
        hash = sha256(path);
        KNOWN.put(state, hash);
      }
      return spec.withChecksum("sha256:" + hash);
    } catch (InvalidPathException e) {
      reporter.problem("file", spec.file(), "a path: " + e.getReason());
    } catch (IOException e) {
      reporter.problem("file", spec.file(), "a readable file (" + IoReason.of(e) + ")");
    }
    return spec;
  }

  private static String sha256(Path path) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.hex(digest);
  }
}
