package io.shrinklab.data;

import ai.djl.Application.CV;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.basicdataset.cv.classification.Cifar10;
import ai.djl.basicdataset.cv.classification.FashionMnist;
import ai.djl.basicdataset.cv.classification.Mnist;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Repository;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.util.Utils;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** DJL's basic data sets: downloaded by DJL, or read by its loaders from checked local files. */
final class DjlImages {
  private static final String VERSION = "1.0";
  private static final int ROWS_AT_ONCE = 5000;

  /** Without these a network that swallows packets would hold the command for good. */
  private static final String CONNECT_TIMEOUT = "sun.net.client.defaultConnectTimeout";

  private static final String READ_TIMEOUT = "sun.net.client.defaultReadTimeout";

  private DjlImages() {}

  /**
   * Downloads a set into DJL's cache if it is not there; what DJL publishes is checked against its
   * SHA-1. Starts no engine.
   */
  static void download(ImageSet set) throws DataException {
    if (System.getProperty(CONNECT_TIMEOUT) == null) {
      System.setProperty(CONNECT_TIMEOUT, "15000");
    }
    if (System.getProperty(READ_TIMEOUT) == null) {
      System.setProperty(READ_TIMEOUT, "60000");
    }
    try {
      MRL mrl = locate(set, BasicDatasets.REPOSITORY);
      mrl.prepare(mrl.getDefaultArtifact());
    } catch (IOException e) {
      throw new DataException(
          set.kind()
              + ": cannot be downloaded from "
              + BasicDatasets.DJL_REPO_URL
              + " ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); connect to the network, or pass --data-dir DIR, a folder that holds "
              + LocalImages.wanted(set),
          e);
    }
  }

  /** Reads the downloaded set and writes it as a cache file. */
  static void writeDownloaded(ImageSet set, Path cacheFile, NDManager manager)
      throws IOException, DataException {
    write(set, BasicDatasets.REPOSITORY, cacheFile, manager);
  }

  /**
   * Reads the user's files with DJL's loader and writes them as a cache file.
   *
   * @param key tells these files' content from any other; DJL keeps a copy under it, and would
   *     otherwise use an older copy without a look
   */
  static void writeLocal(
      ImageSet set, LocalImages files, String key, Path cacheFile, NDManager manager)
      throws IOException, DataException {
    Path root = Files.createTempDirectory(cacheFile.toAbsolutePath().getParent(), "reading-");
    try {
      Path folder = Files.createDirectory(root.resolve("files"));
      files.copyTo(folder);
      describe(set, folder, key, root);
      Repository repository = Repository.newInstance("local", root);
      try {
        write(set, repository, cacheFile, manager);
      } finally {
        Artifact artifact = locate(set, repository).getDefaultArtifact();
        Utils.deleteQuietly(repository.getResourceDirectory(artifact));
      }
    } finally {
      Utils.deleteQuietly(root);
    }
  }

  private static MRL locate(ImageSet set, Repository repository) {
    return repository.dataset(CV.ANY, BasicDatasets.GROUP_ID, set.artifact(), VERSION);
  }

  /** DJL's description of a data set; in it, only absolute file: addresses work. */
  private static void describe(ImageSet set, Path folder, String key, Path root)
      throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode metadata = mapper.createObjectNode();
    metadata.put("metadataVersion", "0.2").put("resourceType", "dataset").put("application", "cv");
    metadata.put("groupId", BasicDatasets.GROUP_ID).put("artifactId", set.artifact());
    ArrayNode artifacts = metadata.putArray("artifacts");
    ObjectNode artifact = artifacts.addObject();
    artifact.put("version", VERSION).put("snapshot", false).put("name", key);
    ObjectNode files = artifact.putObject("files");
    for (ImageFile file : set.files()) {
      Path path = folder.resolve(file.item()).toAbsolutePath();
      files.putObject(file.item()).put("uri", path.toUri().toString()).put("name", file.item());
    }
    Path place =
        root.resolve("dataset/cv/" + BasicDatasets.GROUP_ID.replace('.', '/'))
            .resolve(set.artifact());
    Files.createDirectories(place);
    mapper.writeValue(place.resolve("metadata.json").toFile(), metadata);
  }

  private static void write(ImageSet set, Repository repository, Path cacheFile, NDManager manager)
      throws IOException, DataException {
    try (NDManager own = manager.newSubManager()) {
      ArrayDataset test = prepare(set, repository, Dataset.Usage.TEST, own);
      ArrayDataset train = prepare(set, repository, Dataset.Usage.TRAIN, own);
      byte[] classes = new byte[set.trainRows() + ImageSet.TEST_ROWS];
      readClasses(set, train, set.trainRows(), classes, 0, own);
      readClasses(set, test, ImageSet.TEST_ROWS, classes, set.trainRows(), own);
      ImageCache.write(
          cacheFile,
          classes,
          set.trainRows(),
          sink -> {
            writePixels(train, set.trainRows(), sink, own);
            writePixels(test, ImageSet.TEST_ROWS, sink, own);
          });
    }
  }

  private static ArrayDataset prepare(
      ImageSet set, Repository repository, Dataset.Usage usage, NDManager manager)
      throws IOException, DataException {
    ArrayDataset dataset =
        switch (set) {
          case MNIST ->
              Mnist.builder()
                  .optManager(manager)
                  .optRepository(repository)
                  .optUsage(usage)
                  .setSampling(1, false)
                  .build();
          case FASHION_MNIST ->
              FashionMnist.builder()
                  .optManager(manager)
                  .optRepository(repository)
                  .optUsage(usage)
                  .setSampling(1, false)
                  .build();
          case CIFAR10 ->
              Cifar10.builder()
                  .optManager(manager)
                  .optRepository(repository)
                  .optUsage(usage)
                  .setSampling(1, false)
                  .build();
        };
    dataset.prepare(null);
    int expected = usage == Dataset.Usage.TRAIN ? set.trainRows() : ImageSet.TEST_ROWS;
    if (dataset.size() != expected) {
      throw new DataException(
          set.kind() + ": found " + dataset.size() + " rows; " + expected + " are needed");
    }
    return dataset;
  }

  private static void readClasses(
      ImageSet set, ArrayDataset dataset, int rows, byte[] classes, int at, NDManager manager)
      throws DataException {
    byte[] read = bytes(dataset, 0, rows, batch -> batch.getLabels().head(), manager);
    for (int row = 0; row < rows; row++) {
      if (read[row] < 0 || read[row] >= ImageSet.CLASSES) {
        throw new DataException(
            set.kind()
                + ": row "
                + row
                + " has the class "
                + (read[row] & 0xff)
                + "; 0 to 9 are allowed; get the files again from their source");
      }
      classes[at + row] = read[row];
    }
  }

  private static void writePixels(
      ArrayDataset dataset, int rows, ImageCache.PixelSink sink, NDManager manager)
      throws IOException {
    for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
      int end = Math.min(rows, row + ROWS_AT_ONCE);
      // The loaders give channels last; convolutions here want them first.
      sink.accept(bytes(dataset, row, end, b -> b.getData().head().transpose(0, 3, 1, 2), manager));
    }
  }

  private static byte[] bytes(
      ArrayDataset dataset, int from, int to, Function<Batch, NDArray> values, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      Batch batch = dataset.getByRange(scratch, from, to);
      // Flattening makes the order in memory that of the axes.
      return values.apply(batch).toType(DataType.UINT8, false).flatten().toByteArray();
    }
  }
}
