package io.shrinklab.results;

import io.shrinklab.results.WritePoint.Change;
import io.shrinklab.spec.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes to the results folder that survive a power cut once they have returned. */
final class Disk {
  /** Bytes written at once. */
  private static final int PORTION = 1 << 20;

  private final WritePoint point;

  Disk(WritePoint point) {
    this.point = point;
  }

  /**
   * Makes a folder and those above it.
   *
   * @param top from here down none of them may be a link, which would lead elsewhere
   * @param folder the same or below it
   */
  void folder(Path top, Path folder) throws IOException {
    boolean there = Entry.isFolder(top);
    Path at = top;
    for (Path name : top.equals(folder) ? List.<Path>of() : top.relativize(folder)) {
      at = at.resolve(name);
      there = Entry.isFolder(at);
    }
    if (!there) {
      point.before(Change.FOLDER, folder);
      Files.createDirectories(folder);
    }
  }

  /** Writes a new file through to the disk; gives back its size and checksum. */
  FileSeal sealed(Path file, Content content) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = write(file, out -> content.writeTo(new DigestOutputStream(out, digest)));
    return new FileSeal(size, Sha256.hex(digest));
  }

  /** Writes a new file through to the disk; gives back its size. */
  long write(Path file, Content content) throws IOException {
    point.before(Change.OPEN, file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(new ChannelStream(channel, file), 1 << 16);
      content.writeTo(out);
      out.flush();
      point.before(Change.SYNC, file);
      channel.force(true);
      return channel.size();
    }
  }

  /** Adds text to a file, which is made if need be; need not survive a power cut. */
  void append(Path file, String text) throws IOException {
    point.before(Change.WRITE, file);
    Files.writeString(
        file,
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        LinkOption.NOFOLLOW_LINKS);
  }

  /** Renames atomically and makes the new name last. An existing file is replaced. */
  void rename(Path from, Path to) throws IOException {
    point.before(Change.RENAME, to);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    sync(to.getParent());
  }

  /** Makes the names in a folder last, where the system lets a folder be opened. */
  void sync(@Nullable Path folder) throws IOException {
    if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    point.before(Change.SYNC, folder);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Writes to the channel in two halves with a write point before each, as a real disk may stop.
   */
  private final class ChannelStream extends OutputStream {
    private final FileChannel channel;
    private final Path file;

    ChannelStream(FileChannel channel, Path file) {
      this.channel = channel;
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int half = length / 2;
      put(ByteBuffer.wrap(bytes, offset, half));
      put(ByteBuffer.wrap(bytes, offset + half, length - half));
    }

    private void put(ByteBuffer buffer) throws IOException {
      point.before(Change.WRITE, file);
      // In portions: the channel copies each to native memory, and keeps the room for the next.
      int end = buffer.limit();
      while (buffer.position() < end) {
        buffer.limit(Math.min(end, buffer.position() + PORTION));
        channel.write(buffer);
      }
    }
  }
}
