package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.experiment.DataSpec;
import io.shrinklab.experiment.SeedStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Data sets by name. Each is read once and kept until {@link #close()}; every run gets parts of its
 * own from it.
 */
public final class DataSets implements AutoCloseable {
  /** Stands for the run's seed where all seeds share one split. */
  private static final long FIXED_SPLIT_SEED = 0;

  private final ImageStore images;
  private final Map<Class<? extends DataSpec>, Source> sources = new HashMap<>();

  /**
   * Makes one.
   *
   * @param directory a folder with data sets already downloaded; null to download through DJL's
   *     repository
   */
  public DataSets(@Nullable Path directory) {
    images = ImageStore.of(directory);
  }

  /** With a cache folder of its own. */
  DataSets(@Nullable Path directory, Path cache) {
    images = new ImageStore(directory, cache);
  }

  /**
   * Makes sure that the set is on this machine, downloading it where that is allowed. Starts no
   * engine.
   *
   * @throws DataException when it cannot be had; the message says what to do
   */
  public void ensureAvailable(DataSpec spec) throws DataException {
    if (spec instanceof DataSpec.Mnist) {
      images.ensureAvailable(ImageSet.MNIST);
    }
  }

  /**
   * Parts a data set: each class has the same share in every part. With {@link
   * DataSpec.Split#FIXED}, parts and label noise are the same for all seeds.
   *
   * @param spec which set, how many rows
   * @param seed the run's
   * @param manager owns the parts' arrays
   * @throws DataException when the set cannot be read
   */
  public DataSplit split(DataSpec spec, long seed, NDManager manager) throws DataException {
    Source source = source(spec, manager);
    long drawSeed = spec.split() == DataSpec.Split.FIXED ? FIXED_SPLIT_SEED : seed;
    Integer train = spec.train();
    int trainRows = train != null ? train : source.pool() - spec.validation();
    if (trainRows < 1 || trainRows + spec.validation() > source.pool()) {
      throw new DataException(
          "data: found train "
              + train
              + " and validation "
              + spec.validation()
              + ": together they must leave a training row and not exceed the "
              + source.pool()
              + " rows that there are; ask for fewer rows");
    }
    Partition parts =
        Partition.stratified(
            Arrays.copyOf(source.classes(), source.pool()),
            source.outputs(),
            trainRows,
            spec.validation(),
            SeedStream.SPLIT.of(drawSeed));
    int rows = source.classes().length;
    int[] test =
        rows > source.pool() ? IntStream.range(source.pool(), rows).toArray() : parts.rest();
    SplittableRandom noise = SeedStream.LABEL_NOISE.of(drawSeed);
    int[] trainLabels =
        LabelNoise.apply(
            classes(source, parts.train()), source.outputs(), spec.labelNoise(), noise);
    return new DataSplit(
        Task.SINGLE_LABEL,
        source.outputs(),
        part(source, parts.train(), trainLabels, manager),
        part(source, parts.validation(), classes(source, parts.validation()), manager),
        part(source, test, classes(source, test), manager),
        source.pool(),
        source.sha256());
  }

  private Source source(DataSpec spec, NDManager manager) throws DataException {
    Source known = sources.get(spec.getClass());
    if (known != null) {
      return known;
    }
    Source read =
        spec instanceof DataSpec.Mnist ? images.read(ImageSet.MNIST, manager) : Digits.read();
    sources.put(spec.getClass(), read);
    return read;
  }

  private static int[] classes(Source source, int[] rows) {
    return Arrays.stream(rows).map(row -> source.classes()[row]).toArray();
  }

  private static Part part(Source source, int[] rows, int[] labels, NDManager manager) {
    return new Part(
        source.features().take(rows, manager),
        manager.create(Arrays.stream(labels).asLongStream().toArray()));
  }

  @Override
  public void close() {
    sources.clear();
  }
}
