package io.shrinklab.results;

import io.shrinklab.results.WritePoint.Change;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The right to write one sweep's folder: one process's alone, as a sweep needs it, or shared by
 * workers that no sweep started. The operating system holds the lock and lets go of it when the
 * process ends, however it ends; the text in the file only says who has it alone. So a text without
 * a lock is what a dead process left, and is taken over.
 */
final class FolderLock implements AutoCloseable {
  /** One byte far behind the text: where locks are mandatory the text stays readable. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * Locks that this process holds. On POSIX systems closing any channel of a file gives up the
   * process's lock on it, so a file held here must not even be opened again.
   */
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  /** What we write into it: without control characters, since it is shown. */
  private static final Pattern TEXT =
      Pattern.compile(
          "(process [0-9]+ on [^\\p{Cntrl}\\p{Cf}]{0,255}, started [0-9TZ:.+-]{1,40}\n?)?");

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final WritePoint point;
  private final @Nullable String previous;

  /** Which file it is, whatever its name; null where the system does not tell. */
  private final @Nullable Object key;

  private FolderLock(
      Path file, FileChannel channel, FileLock lock, WritePoint point, @Nullable String previous)
      throws IOException {
    this.file = file;
    this.key = key(file);
    this.channel = channel;
    this.lock = lock;
    this.point = point;
    this.previous = previous;
  }

  /**
   * Takes the lock alone, without waiting.
   *
   * @throws ResultsException when another process holds it; the message says who; or when what is
   *     in its place is none of ours
   */
  static FolderLock take(Path folder, WritePoint point) throws IOException, ResultsException {
    return take(folder, point, false);
  }

  /**
   * Takes a share of the lock, without waiting.
   *
   * @throws ResultsException when another process holds it alone; the message says who
   */
  static FolderLock share(Path folder, WritePoint point) throws IOException, ResultsException {
    return take(folder, point, true);
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static FolderLock take(Path folder, WritePoint point, boolean shared)
      throws IOException, ResultsException {
    Path file = folder.toRealPath().resolve(".lock");
    String mine =
        "process "
            + ProcessHandle.current().pid()
            + " on "
            + host()
            + ", started "
            + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String holder = HELD.putIfAbsent(file, mine);
    if (holder != null) {
      throw busy(folder, holder);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      if (Entry.isFile(file) && links(file) > 1) {
        throw foreign(file);
      }
      point.before(Change.OPEN, file);
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      String text = read(channel);
      if (!TEXT.matcher(text).matches()) {
        throw foreign(file);
      }
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, shared);
      if (lock == null) {
        throw busy(folder, text.isBlank() ? "workers that no sweep here started" : text.strip());
      }
      point.before(Change.DELETE, file);
      channel.truncate(0);
      if (!shared) {
        point.before(Change.WRITE, file);
        channel.write(ByteBuffer.wrap((mine + "\n").getBytes(StandardCharsets.UTF_8)), 0);
        point.before(Change.SYNC, file);
        channel.force(true);
      }
      taken = true;
      return new FolderLock(file, channel, lock, point, text.isBlank() ? null : text.strip());
    } finally {
      if (!taken) {
        HELD.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  /** Whether others may hold it at the same time. */
  boolean shared() {
    return lock.isShared();
  }

  /** Who held it alone and died with it; null when it was given back. */
  @Nullable String previous() {
    return previous;
  }

  /** Whether the file that is locked is still the one in the folder. */
  boolean inPlace() {
    try {
      return Objects.equals(key, key(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** By attributes alone: opening the file and closing it again would give up the lock. */
  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (lock.isValid()) {
        point.before(Change.DELETE, file);
        channel.truncate(0);
        lock.release();
      }
    } finally {
      HELD.remove(file);
    }
  }

  private static ResultsException busy(Path folder, String holder) {
    return new ResultsException(
        "The results folder "
            + folder
            + " is in use by "
            + holder
            + ". Wait for it to end, or choose another folder with --results. Nothing was changed.");
  }

  /** Names of the file: with a second one it is also a file elsewhere, which we would empty. */
  private static int links(Path file) throws IOException {
    try {
      return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return 1;
    }
  }

  private static ResultsException foreign(Path file) {
    return new ResultsException(
        file
            + " is not a lock that this program wrote, and it is left as it is. Move it away, or"
            + " choose another folder with --results.");
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed host";
    }
  }
}
