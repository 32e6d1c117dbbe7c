package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.spec.IoReason;
import io.shrinklab.tensor.CacheFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Image sets on this machine: read by DJL's loaders once, then mapped by every worker.
 *
 * @param directory the user's folder, null to download
 * @param cache where the mapped files are kept
 * @param contents what files are known to hold
 */
record ImageStore(@Nullable Path directory, Path cache, ContentCache contents) {
  private static final String DOWNLOADED = "djl";
  private static final int KEY_LENGTH = 16;

  /**
   * What a set that is here holds, without an engine. Downloads nothing.
   *
   * @return null where it is not here
   * @throws DataException when it is here and is not what such files must be
   */
  @Nullable ImageContent content(ImageSet set) throws DataException {
    try {
      if (directory == null) {
        Path file = file(set, DOWNLOADED);
        return ImageCache.looksWhole(file, set) ? content(set, file) : null;
      }
      LocalImages files = LocalImages.findIfThere(set, directory);
      if (files == null) {
        return null;
      }
      return content(
          contents.get(set.kind(), files.paths(), () -> line(ImageContent.of(set, files))));
    } catch (IOException e) {
      throw new DataException(set.kind() + ": cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  private @Nullable ImageContent content(ImageSet set, Path file)
      throws IOException, DataException {
    String line =
        contents.get(
            set.kind(),
            List.of(file),
            () -> {
              ImageContent found = ImageCache.content(file, set);
              return found == null ? "" : line(found);
            });
    return line.isEmpty() ? null : content(line);
  }

  private static String line(ImageContent content) {
    return content.sha256() + (content.published() ? " published" : "");
  }

  private static ImageContent content(String line) {
    String[] words = line.split(" ", -1);
    return new ImageContent(words[0], words.length > 1);
  }

  /** Whether a set need not be downloaded; what a folder of the user's holds is looked at later. */
  boolean isHere(ImageSet set) throws DataException {
    try {
      return directory != null || ImageCache.looksWhole(file(set, DOWNLOADED), set);
    } catch (IOException e) {
      throw unusable(set, e);
    }
  }

  /** Makes sure that a set is here and whole, without an engine. */
  void ensureAvailable(ImageSet set) throws DataException {
    try {
      if (directory == null) {
        if (!ImageCache.looksWhole(file(set, DOWNLOADED), set)) {
          DjlImages.download(set);
        }
        return;
      }
      LocalImages files = LocalImages.find(set, directory);
      if (!ImageCache.looksWhole(file(set, key(files)), set)) {
        files.check();
      }
    } catch (IOException e) {
      throw unusable(set, e);
    }
  }

  /**
   * Maps a set, after reading it with DJL's loader if nobody has yet.
   *
   * @param manager lends its engine to the loader
   */
  Source read(ImageSet set, NDManager manager) throws DataException {
    LocalImages files = directory == null ? null : LocalImages.find(set, directory);
    String key = files == null ? DOWNLOADED : key(files);
    try {
      Path file = file(set, key);
      Source mapped = ImageCache.map(file, set);
      if (mapped != null) {
        return mapped;
      }
      Files.createDirectories(cache);
      // One process reads the files, the others wait and map what it wrote.
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve(file.getFileName() + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        mapped = lock.isValid() ? ImageCache.map(file, set) : null;
        if (mapped != null) {
          return mapped;
        }
        if (files == null) {
          DjlImages.download(set);
          DjlImages.writeDownloaded(set, file, manager);
        } else {
          DjlImages.writeLocal(set, files, key, file, manager);
        }
        mapped = ImageCache.map(file, set);
      }
      if (mapped == null) {
        throw new IOException(file + " does not hold what was written to it");
      }
      return mapped;
    } catch (IOException e) {
      throw unusable(set, e);
    }
  }

  private String key(LocalImages files) throws DataException {
    return files.sha256().substring(0, KEY_LENGTH);
  }

  private Path file(ImageSet set, String key) throws IOException {
    CacheFolder.requireOwn(cache);
    return cache.resolve(set.kind() + "-" + key + ".bin");
  }

  private DataException unusable(ImageSet set, IOException e) {
    return new DataException(
        set.kind()
            + ": cannot be cached in "
            + cache
            + " ("
            + IoReason.of(e)
            + "); make room there, or name another folder in the environment variable"
            + " DJL_CACHE_DIR",
        e);
  }
}
