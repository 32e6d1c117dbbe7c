package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.KindTable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Data sets by name. Each that is read is read once and kept until {@link #close()}; every run gets
 * parts of its own from it.
 */
public final class DataSets implements AutoCloseable {
  /** A line for each kind. */
  final KindTable<DataSpec, Origin> origins;

  private final Map<Object, Source> sources = new HashMap<>();

  /**
   * Makes one.
   *
   * @param directory a folder with data sets already downloaded; null to download through DJL's
   *     repository
   */
  public DataSets(@Nullable Path directory) {
    this(directory, ImageStore.of(directory));
  }

  /** With a cache folder of its own. */
  DataSets(@Nullable Path directory, Path cache) {
    this(directory, new ImageStore(directory, cache));
  }

  private DataSets(@Nullable Path directory, ImageStore images) {
    origins =
        KindTable.<DataSpec, Origin>of(DataSpec.class)
            .on(DataSpec.Digits.class, spec -> new Origin.Plain(Digits.class, Digits::read))
            .on(DataSpec.Mnist.class, spec -> new Origin.Images(ImageSet.MNIST, images))
            .on(
                DataSpec.FashionMnist.class,
                spec -> new Origin.Images(ImageSet.FASHION_MNIST, images))
            .on(DataSpec.Cifar10.class, spec -> new Origin.Images(ImageSet.CIFAR10, images))
            .on(DataSpec.Diabetes.class, spec -> new Origin.Plain(Diabetes.class, Diabetes::read))
            .on(
                DataSpec.Csv.class,
                spec ->
                    new Origin.Plain(
                        spec.whole(),
                        () -> new UserTable(spec, UserFile.find(spec, directory)).read()))
            .on(
                DataSpec.Npz.class,
                spec ->
                    new Origin.Plain(
                        List.of(spec.file(), spec.checksum()),
                        () -> new NpzImages(UserFile.find(spec, directory)).read()))
            .on(
                DataSpec.ImageFolder.class,
                spec ->
                    new Origin.Plain(
                        List.of(spec.folder(), spec.checksum()),
                        () -> new ClassFolders(UserFile.findFolder(spec, directory)).read()))
            .on(DataSpec.Synthetic.class, Origin.Drawn::new)
            .total();
  }

  /**
   * Whether a set is on this machine; of the user's own files, whether they are is looked at later.
   */
  public boolean isHere(DataSpec spec) throws DataException {
    return origins.get(spec).isHere();
  }

  /**
   * Makes sure that the set is on this machine, downloading it where that is allowed, and that it
   * holds what is asked of it. Starts no engine.
   *
   * @throws DataException when it cannot be had; the message says what to do
   */
  public void ensureAvailable(DataSpec spec) throws DataException {
    drawn(spec, 0);
  }

  /**
   * The same for the parts of one seed, which decides whether parts of whole groups can hold what
   * is asked of them.
   *
   * @return what they will be; empty where it takes an engine to tell
   */
  public Optional<DrawnParts> drawn(DataSpec spec, long seed) throws DataException {
    Origin origin = origins.get(spec);
    Source known = sources.get(origin.key());
    Source source = known == null ? origin.readWithoutEngine() : known;
    if (source == null) {
      return Optional.empty();
    }
    sources.put(origin.key(), source);
    return Optional.of(new Splitting(source, spec, seed).check());
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
    Source rows = origins.get(spec).rows(Splitting.seed(spec, seed), sources, manager);
    return new Splitting(rows, spec, seed).split(manager);
  }

  @Override
  public void close() {
    sources.clear();
  }
}
