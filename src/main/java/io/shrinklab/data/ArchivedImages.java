package io.shrinklab.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image set in the gzipped tar archive that its authors publish, read without unpacking it. What
 * is in it is told by the last part of its name alone and goes to places of ours: no name in the
 * archive ever becomes a path.
 *
 * @param set which
 * @param path the archive
 * @param md5 that it must have, in hex
 */
record ArchivedImages(ImageSet set, Path path, String md5) implements LocalImages {
  private static final int CHUNK = 1 << 16;

  /** Bytes that the archive may hold beside the set, uncompressed: a readme, the classes' names. */
  private static final long OTHERS = 1 << 20;

  /** Where a part of one of the set's files belongs in it. */
  private record Part(int file, long offset, long bytes) {}

  @Override
  public String sha256() throws DataException {
    return hash("SHA-256");
  }

  private String hash(String algorithm) throws DataException {
    try {
      return UserFile.hash(path, algorithm);
    } catch (IOException e) {
      throw new DataException(
          set.kind() + ": " + path + " cannot be read (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public List<Path> paths() {
    return List.of(path);
  }

  @Override
  public void read(Sink sink) throws DataException, IOException {
    String found = hash("MD5");
    if (!found.equals(md5)) {
      throw new DataException(
          set.kind()
              + ": "
              + path
              + " has the MD5 "
              + found
              + "; the archive that the set's authors publish has "
              + md5
              + "; get it again from its source, or unpack it beside to use it as it is");
    }
    Sink guarded =
        (file, offset, bytes) -> {
          try {
            sink.accept(file, offset, bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try {
      unpack(guarded);
    } catch (UncheckedIOException e) {
      // Where the pieces go, and not the archive, is to blame.
      throw e.getCause();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Passes the archive's content on; whatever does not fit is refused. */
  private void unpack(Sink sink) throws DataException, IOException {
    Map<String, Part> parts = parts();
    Set<String> missing = new TreeSet<>(parts.keySet());
    long others = 0;
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), CHUNK);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GZIPInputStream(raw, CHUNK), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        boolean link = entry.isLink() || entry.isSymbolicLink();
        Part part = entry.isFile() && !link ? parts.get(name) : null;
        if (part == null) {
          others += entry.getSize();
          if (others > OTHERS) {
            throw refused("holds \"" + name + "\" and more that is no part of the set");
          }
        } else if (!missing.remove(name)) {
          throw refused("holds " + name + " twice");
        } else if (entry.getSize() != part.bytes()) {
          throw refused(
              String.format(
                  Locale.ROOT,
                  "holds %s with %,d bytes; %,d are needed",
                  name,
                  entry.getSize(),
                  part.bytes()));
        } else {
          copy(tar, part, name, sink);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw refused("does not hold " + String.join(", ", missing));
    }
  }

  private void copy(InputStream in, Part part, String name, Sink sink)
      throws IOException, DataException {
    byte[] chunk = new byte[CHUNK];
    long copied = 0;
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      sink.accept(part.file(), part.offset() + copied, ByteBuffer.wrap(chunk, 0, read));
      copied += read;
    }
    if (copied != part.bytes()) {
      throw refused("ends in the middle of " + name);
    }
  }

  private Map<String, Part> parts() {
    Map<String, Part> parts = new HashMap<>();
    for (int index = 0; index < set.files().size(); index++) {
      ImageFile file = set.files().get(index);
      long bytes = file.bytes() / file.parts().size();
      for (int i = 0; i < file.parts().size(); i++) {
        parts.put(file.parts().get(i), new Part(index, i * bytes, bytes));
      }
    }
    return parts;
  }

  private DataException refused(String what) {
    return new DataException(
        set.kind() + ": " + path + " " + what + "; get it again from its source");
  }

  private DataException damaged(IOException e) {
    return new DataException(
        set.kind()
            + ": "
            + path
            + " is damaged ("
            + e.getMessage()
            + "); get it again from its source",
        e);
  }
}
