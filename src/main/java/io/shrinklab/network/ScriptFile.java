package io.shrinklab.network;

import io.shrinklab.spec.IoReason;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PathText;
import io.shrinklab.spec.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A TorchScript archive: classes as text, values as a pickle, in a zip file. */
final class ScriptFile {
  /** What each class of modules begins with. */
  private static final Pattern MEMBERS =
      Pattern.compile("(?m)^  __parameters__ = \\[(.*)]\\R  __buffers__ = \\[(.*)]$");

  /** More than a Java array holds. */
  private static final long MOST_BYTES = 2_000_000_000L;

  private ScriptFile() {}

  /**
   * An archive of the same module whose buffers are declared as parameters. The engine gives a
   * module's parameters alone, while a normalization layer's running statistics, which are buffers,
   * are part of a network that is stored or put back. What tells the two apart is left: a buffer
   * has no gradient.
   *
   * @throws IllegalArgumentException when the file is not there, holds another content than the
   *     experiment names, or is no TorchScript file
   */
  static InputStream open(NetworkSpec.TorchScript spec) {
    byte[] content = content(spec);
    ByteArrayOutputStream opened = new ByteArrayOutputStream(content.length);
    boolean script = false;
    try (ZipFile archive = ZipFile.builder().setByteArray(content).get();
        ZipOutputStream out = new ZipOutputStream(opened)) {
      for (ZipArchiveEntry entry : Collections.list(archive.getEntries())) {
        String name = entry.getName();
        byte[] bytes;
        try (InputStream in = archive.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        script |= name.endsWith("/constants.pkl");
        out.putNextEntry(new ZipEntry(name));
        out.write(name.endsWith(".py") ? withBuffers(bytes) : bytes);
        out.closeEntry();
      }
    } catch (IOException e) {
      throw noScript(spec, e);
    }
    if (!script) {
      throw noScript(spec, null);
    }
    return new ByteArrayInputStream(opened.toByteArray());
  }

  private static byte[] withBuffers(byte[] source) {
    return MEMBERS
        .matcher(new String(source, StandardCharsets.UTF_8))
        .replaceAll("  __parameters__ = [$1$2]\n  __buffers__ = []")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] content(NetworkSpec.TorchScript spec) {
    try {
      Path path = PathText.parse(spec.file());
      if (!Files.isRegularFile(path)) {
        throw new IllegalArgumentException(
            "network.file: found no file " + path.toAbsolutePath() + "; name an existing one");
      }
      if (Files.size(path) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "network.file: %s has %s bytes; at most %s are read"
                .formatted(path, Files.size(path), MOST_BYTES));
      }
      byte[] content = Files.readAllBytes(path);
      String checksum = "sha256:" + Sha256.of(content);
      if (!spec.checksum().isEmpty() && !spec.checksum().equals(checksum)) {
        throw new IllegalArgumentException(
            "network.checksum: found %s, but %s has %s; get that file again, or name the new one, which makes new runs"
                .formatted(spec.checksum(), path, checksum));
      }
      return content;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("network.file: " + e.getReason(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "network.file: " + spec.file() + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  private static IllegalArgumentException noScript(
      NetworkSpec.TorchScript spec, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "network.file: "
            + spec.file()
            + " is no TorchScript file; torch.jit.script(module).save(\""
            + spec.file()
            + "\") writes one, torch.save does not",
        cause);
  }
}
