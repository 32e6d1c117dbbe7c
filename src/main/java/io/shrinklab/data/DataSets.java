package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.spec.DataSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data sets by name. Each is read once and kept until {@link #close()}; every run gets parts of its
 * own from it.
 */
public final class DataSets implements AutoCloseable {
  private final @Nullable Path directory;
  private final ImageStore images;
  private final Map<Object, Source> sources = new HashMap<>();

  /**
   * Makes one.
   *
   * @param directory a folder with data sets already downloaded; null to download through DJL's
   *     repository
   */
  public DataSets(@Nullable Path directory) {
    this.directory = directory;
    images = ImageStore.of(directory);
  }

  /** With a cache folder of its own. */
  DataSets(@Nullable Path directory, Path cache) {
    this.directory = directory;
    images = new ImageStore(directory, cache);
  }

  /**
   * Makes sure that the set is on this machine, downloading it where that is allowed, and that it
   * holds what is asked of it. Starts no engine.
   *
   * @throws DataException when it cannot be had; the message says what to do
   */
  public void ensureAvailable(DataSpec spec) throws DataException {
    ImageSet set = imageSet(spec);
    if (set != null) {
      images.ensureAvailable(set);
    } else {
      new Splitting(
              spec instanceof DataSpec.InFile file ? fileSource(file) : embedded(spec), spec, 0)
          .check();
    }
  }

  /**
   * Parts a data set. Where there are classes, each has the same share in every part. With {@link
   * DataSpec.Split#FIXED}, parts and label noise are the same for all seeds. Whatever is learned
   * from data (means, scales) is learned from the training part.
   *
   * @param spec which set, how many rows
   * @param seed the run's
   * @param manager owns the parts' arrays
   * @throws DataException when the set cannot be read
   */
  public DataSplit split(DataSpec spec, long seed, NDManager manager) throws DataException {
    return new Splitting(source(spec, manager), spec, seed).split(manager);
  }

  private Source source(DataSpec spec, NDManager manager) throws DataException {
    ImageSet set = imageSet(spec);
    if (set == null) {
      return spec instanceof DataSpec.InFile file ? fileSource(file) : embedded(spec);
    }
    Source known = sources.get(set);
    if (known == null) {
      known = images.read(set, manager);
      sources.put(set, known);
    }
    return known;
  }

  private Source embedded(DataSpec spec) {
    return sources.computeIfAbsent(
        spec.getClass(),
        kind -> spec instanceof DataSpec.Diabetes ? Diabetes.read() : Digits.read());
  }

  /** Keyed by what decides how the file is read, and not by how many rows are asked for. */
  private Source fileSource(DataSpec.InFile spec) throws DataException {
    Object key =
        spec instanceof DataSpec.Csv csv
            ? List.of(
                csv.file(),
                csv.checksum(),
                csv.target(),
                csv.task(),
                csv.columns(),
                csv.categorical())
            : List.of(spec.file(), spec.checksum());
    Source known = sources.get(key);
    if (known == null) {
      known = read(spec);
      sources.put(key, known);
    }
    return known;
  }

  private Source read(DataSpec.InFile spec) throws DataException {
    UserFile file = UserFile.find(spec, directory);
    if (spec instanceof DataSpec.Csv csv) {
      return new UserTable(csv, file).read();
    }
    if (spec instanceof DataSpec.ImageFolder) {
      return new ClassFolders(file).read();
    }
    return new NpzImages(file).read();
  }

  private static @Nullable ImageSet imageSet(DataSpec spec) {
    if (spec instanceof DataSpec.Mnist) {
      return ImageSet.MNIST;
    }
    if (spec instanceof DataSpec.FashionMnist) {
      return ImageSet.FASHION_MNIST;
    }
    return spec instanceof DataSpec.Cifar10 ? ImageSet.CIFAR10 : null;
  }

  @Override
  public void close() {
    sources.clear();
  }
}
