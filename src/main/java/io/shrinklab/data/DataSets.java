package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.KindTable;
import java.nio.file.Path;
import java.time.Clock;
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
    this(directory, Utils.getCacheDir().resolve("shrinklab"));
  }

  /** With a cache folder of its own. */
  DataSets(@Nullable Path directory, Path cache) {
    ContentCache contents = new ContentCache(cache.resolve("contents"), Clock.systemUTC());
    ImageStore images = new ImageStore(directory, cache, contents);
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
                    new Origin.Named(
                        spec.whole(),
                        new UserFile.Place(spec, directory, contents),
                        () -> new UserTable(spec, UserFile.find(spec, directory)).read()))
            .on(
                DataSpec.Npz.class,
                spec ->
                    new Origin.Named(
                        List.of(spec.file(), spec.checksum()),
                        new UserFile.Place(spec, directory, contents),
                        () -> new NpzImages(UserFile.find(spec, directory)).read()))
            .on(
                DataSpec.ImageFolder.class,
                spec ->
                    new Origin.Named(
                        List.of(spec.folder(), spec.checksum()),
                        new UserFile.Place(spec, directory, contents),
                        () -> new ClassFolders(UserFile.find(spec, directory)).read()))
            .on(DataSpec.Synthetic.class, Origin.Drawn::new)
            .total();
  }

  /**
   * The set named by its content, as it is on this machine now: what runs on it are told apart by.
   * One whose content is named already, or that has but one, is given back as it is. Starts no
   * engine and downloads nothing.
   *
   * @return empty where the set is not here
   * @throws DataException when it is here and cannot be read
   */
  public Optional<DataSpec> named(DataSpec spec) throws DataException {
    return spec.checksum().isEmpty()
        ? Optional.ofNullable(origins.get(spec).checksum()).map(spec::withChecksum)
        : Optional.of(spec);
  }

  /**
   * Makes sure that a published set that is here has the content that its specification names:
   * without a checksum what its authors published. A file of the user's is compared when it is
   * read.
   *
   * @throws DataException when it has another; says which
   */
  public void requireNamed(DataSpec spec) throws DataException {
    String found = origins.get(spec).published();
    if (found != null && !found.equalsIgnoreCase(spec.checksum())) {
      throw changed(spec, found.isEmpty() ? "what its authors published" : found);
    }
  }

  private static DataException changed(DataSpec spec, String found) {
    return new DataException(
        spec.source()
            + ": the data changed, or are others than those that the run is named by: found "
            + found
            + "; this run is of "
            + (spec.checksum().isEmpty() ? "what the set's authors published" : spec.checksum())
            + ". The same command again makes runs of what is there now");
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
    if (!spec.contentSha256().isEmpty() && !spec.contentSha256().equalsIgnoreCase(rows.sha256())) {
      throw changed(spec, "sha256:" + rows.sha256());
    }
    return new Splitting(rows, spec, seed).split(manager);
  }

  @Override
  public void close() {
    sources.clear();
  }
}
