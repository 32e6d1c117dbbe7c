package io.shrinklab.data;

import io.shrinklab.spec.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** An image set as files of their own, plain or gzipped. */
final class LooseImages implements LocalImages {
  private static final int CHUNK = 1 << 16;

  private final ImageSet set;

  /** The files behind each of the set's, in its order. */
  private final List<List<Path>> found;

  private LooseImages(ImageSet set, List<List<Path>> found) {
    this.set = set;
    this.found = found;
  }

  /** The set in a folder; null unless all files are there. */
  static @Nullable LooseImages in(Path folder, ImageSet set) {
    List<List<Path>> found = new ArrayList<>();
    for (ImageFile file : set.files()) {
      List<Path> paths = find(folder, file);
      if (paths == null) {
        return null;
      }
      found.add(paths);
    }
    return new LooseImages(set, found);
  }

  private static @Nullable List<Path> find(Path folder, ImageFile file) {
    for (List<String> names : file.names()) {
      List<Path> paths = new ArrayList<>();
      for (String name : names) {
        Stream.of(name + ".gz", name)
            .map(folder::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .ifPresent(paths::add);
      }
      if (paths.size() == names.size()) {
        return paths;
      }
    }
    return null;
  }

  @Override
  public String sha256() throws DataException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[CHUNK];
    for (Path path : found.stream().flatMap(List::stream).toList()) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        while (in.read(chunk) >= 0) {
          // The digest hears every byte.
        }
      } catch (IOException e) {
        throw new DataException(
            set.kind() + ": " + path + " cannot be read (" + e.getMessage() + ")", e);
      }
    }
    return Sha256.hex(digest);
  }

  @Override
  public ImageSet set() {
    return set;
  }

  @Override
  public List<Path> paths() {
    return found.stream().flatMap(List::stream).toList();
  }

  @Override
  public void read(Sink sink) throws DataException, IOException {
    for (int i = 0; i < found.size(); i++) {
      read(i, sink);
    }
  }

  private void read(int index, Sink sink) throws DataException, IOException {
    ImageFile file = set.files().get(index);
    String where =
        set.kind()
            + ": "
            + found.get(index).stream().map(Path::toString).collect(Collectors.joining(" and "));
    long copied = 0;
    try (InputStream in = open(found.get(index), where)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = next(in, chunk, where); read >= 0; read = next(in, chunk, where)) {
        if (copied == 0) {
          checkHeader(file, chunk, read, where);
        }
        copied += read;
        if (copied > file.bytes()) {
          break;
        }
        ByteBuffer piece = ByteBuffer.wrap(chunk, 0, read);
        checkClasses(index, copied - read, piece);
        sink.accept(index, copied - read, piece);
      }
    }
    if (copied != file.bytes()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s holds %s bytes uncompressed; %,d are needed; get it again from its source",
              where,
              copied > file.bytes() ? "more" : String.format(Locale.ROOT, "%,d", copied),
              file.bytes()));
    }
  }

  private void checkClasses(int index, long offset, ByteBuffer piece) throws DataException {
    ImageFile file = set.files().get(index);
    long wrong = file.wrongClass(offset, piece, Math.toIntExact(set.image().size()));
    if (wrong >= 0) {
      List<Path> parts = found.get(index);
      // Parts are of equal length.
      long bytes = file.bytes() / parts.size();
      throw new DataException(
          "%s: %s, byte %s from 0, uncompressed: found the class %s; 0 to %s are allowed; get it again from its source"
              .formatted(
                  set.kind(),
                  parts.get((int) (wrong / bytes)),
                  wrong % bytes,
                  piece.get(piece.position() + (int) (wrong - offset)) & 0xff,
                  ImageSet.CLASSES - 1));
    }
  }

  private static int next(InputStream in, byte[] chunk, String where) throws DataException {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      throw unreadable(where, e);
    }
  }

  private static DataException unreadable(String where, IOException e) {
    return e instanceof EOFException
        ? new DataException(where + " ends too early; get it again from its source", e)
        : new DataException(
            where + " is damaged (" + e.getMessage() + "); get it again from its source", e);
  }

  private static void checkHeader(ImageFile file, byte[] chunk, int read, String where)
      throws DataException {
    List<Integer> header = new ArrayList<>();
    for (int at = 0; at + 4 <= read && header.size() < file.header().size(); at += 4) {
      header.add(ByteBuffer.wrap(chunk).getInt(at));
    }
    if (!header.equals(file.header())) {
      throw new DataException(
          where
              + " begins with "
              + header
              + "; "
              + file.header()
              + " is needed (idx format: magic number, sizes); is it another file?");
    }
  }

  private static InputStream open(List<Path> paths, String where) throws DataException {
    List<InputStream> streams = new ArrayList<>();
    try {
      for (Path path : paths) {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), CHUNK);
        streams.add(path.toString().endsWith(".gz") ? new GZIPInputStream(raw, CHUNK) : raw);
      }
    } catch (IOException e) {
      throw unreadable(where, e);
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }
}
