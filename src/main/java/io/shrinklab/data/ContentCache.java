package io.shrinklab.data;

import io.shrinklab.spec.Sha256;
import io.shrinklab.tensor.CacheFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What files were found to hold, so that large ones are not read by every command. An entry counts
 * only while path, size and times of all its files are what they were; it names content and never
 * vouches for it: whoever reads the files to train on them hashes what was read.
 *
 * @param folder where the entries are, a small file each; made when it is needed
 */
record ContentCache(Path folder, Clock clock) {
  /** Within the tick of a file system's clock a file may change without a trace. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** Reads files and says what they hold. */
  interface Reading {
    /** In one line. */
    String of() throws IOException, DataException;
  }

  /**
   * What files hold, in one line.
   *
   * @param question what is asked about them
   * @param files at most a few, or all of a folder
   * @param reading is asked where nothing is known of them as they are
   */
  String get(String question, List<Path> files, Reading reading) throws IOException, DataException {
    String state = state(files);
    Path entry = folder.resolve(Sha256.of(bytes(question + "\n" + names(files))) + ".txt");
    String known = read(entry, state);
    if (known != null) {
      return known;
    }
    Instant start = clock.instant();
    String found = reading.of();
    if (state.equals(state(files)) && newest(files).plus(TICK).isBefore(start)) {
      write(entry, state, found);
    }
    return found;
  }

  private static String names(List<Path> files) {
    return files.stream().map(file -> file.toAbsolutePath().toUri().toString()).toList().toString();
  }

  /** A digest of size and times. */
  private static String state(List<Path> files) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files) {
      text.append(Files.size(file));
      times(file).forEach(time -> text.append(' ').append(time.toInstant()));
      text.append('\n');
    }
    return Sha256.of(bytes(text.toString()));
  }

  /** When it was written, and where the system tells it, when it or its times were last changed. */
  private static List<FileTime> times(Path file) throws IOException {
    FileTime modified = Files.getLastModifiedTime(file);
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
            && Files.getAttribute(file, "unix:ctime") instanceof FileTime changed
        ? List.of(modified, changed)
        : List.of(modified);
  }

  private static Instant newest(List<Path> files) throws IOException {
    Instant newest = Instant.EPOCH;
    for (Path file : files) {
      for (FileTime time : times(file)) {
        newest = newest.isBefore(time.toInstant()) ? time.toInstant() : newest;
      }
    }
    return newest;
  }

  /** An entry is two lines and a digest over them; anything else is none. */
  private static @Nullable String read(Path entry, String state) {
    try {
      CacheFolder.requireOwn(entry);
      List<String> lines = Files.readAllLines(entry, StandardCharsets.UTF_8);
      return lines.size() == 3
              && lines.get(0).equals(state)
              && lines.get(2).equals(seal(state, lines.get(1)))
          ? lines.get(1)
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String seal(String state, String found) {
    return Sha256.of(bytes(state + "\n" + found));
  }

  /** Whole or not at all; a folder that cannot be written only makes the next command slower. */
  private void write(Path entry, String state, String found) {
    String text = state + "\n" + found + "\n" + seal(state, found) + "\n";
    try {
      CacheFolder.requireOwn(folder);
      Files.createDirectories(folder);
      ImageCache.whole(
          entry, channel -> ImageCache.writeAll(channel, ByteBuffer.wrap(bytes(text))));
    } catch (IOException | DataException e) {
      return;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
