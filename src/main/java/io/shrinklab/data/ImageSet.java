package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The image sets that DJL's basic data sets read, and what their files hold. */
@SuppressWarnings("ImmutableEnumChecker") // Its lists and shapes are never changed.
enum ImageSet {
  /** Y. LeCun, C. Cortes, C. Burges: the MNIST database of handwritten digits. */
  MNIST(
      "mnist",
      "mnist",
      List.of("mnist", "MNIST/raw"),
      new Shape(1, 28, 28),
      60_000,
      Files28.IDX,
      null,
      // The MD5 of the files unpacked, as many projects that read them state it.
      PublishedFile.idx(
          Files28.IDX,
          List.of(
              "6bbc9ace898e44ae57da46a324031adb",
              "a25bea736e30d166cdddb491f175f624",
              "2646ac647ad5339dbf082846283269ea",
              "27ae3e4e09519cfbb04c329615203637"))),
  /** H. Xiao, K. Rasul, R. Vollgraf (2017), arXiv 1708.07747. */
  FASHION_MNIST(
      "fashion-mnist",
      "fashmnist",
      List.of("fashion-mnist", "fashmnist", "FashionMNIST/raw"),
      new Shape(1, 28, 28),
      60_000,
      Files28.IDX,
      null,
      // The same; of both label files compared with those that the authors' repository holds.
      PublishedFile.idx(
          Files28.IDX,
          List.of(
              "f4a8712d7a061bf5bd6d2ca38dc4d50a",
              "9018921c3c673c538a1fc5bad174d6f9",
              "8181f5470baa50b63fa0f6fddb340f0a",
              "15d484375f8d13e6eb1aabb0c3f46965"))),
  /** A. Krizhevsky (2009), Learning Multiple Layers of Features from Tiny Images. */
  CIFAR10(
      "cifar10",
      "cifar10",
      List.of("cifar10", "cifar-10-batches-bin"),
      new Shape(3, 32, 32),
      50_000,
      List.of(
          new ImageFile(
              "data_batch.bin",
              List.of(
                  List.of("data_batch.bin"),
                  List.of(
                      "data_batch_1.bin",
                      "data_batch_2.bin",
                      "data_batch_3.bin",
                      "data_batch_4.bin",
                      "data_batch_5.bin")),
              List.of(),
              50_000L * 3073,
              0,
              ImageFile.Holds.BOTH),
          new ImageFile(
              "test_batch.bin",
              List.of(List.of("test_batch.bin")),
              List.of(),
              10_000L * 3073,
              50_000,
              ImageFile.Holds.BOTH)),
      // Its MD5 stands on https://www.cs.toronto.edu/~kriz/cifar.html.
      new Archive("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"),
      // As git names the unpacked batches, in public repositories that keep them.
      List.of(
          PublishedFile.rows(0, 10_000, 3073, "da09f891072747be90e69e4f00ba7cba870dc87e"),
          PublishedFile.rows(10_000, 20_000, 3073, "7e958840b7a55df3353574298ebc9ca0e4bba48e"),
          PublishedFile.rows(20_000, 30_000, 3073, "5259a3e9674ffdf2d5c33a1067f7192ff06c9e2f"),
          PublishedFile.rows(30_000, 40_000, 3073, "301e7d16d78428f13262e87a5bc78ed45b8224aa"),
          PublishedFile.rows(40_000, 50_000, 3073, "51fe428dfbdd065852912743ae8b7b63bb1e9d8d"),
          PublishedFile.rows(50_000, 60_000, 3073, "e3f3b4653f18f27ada1558cabc3352a3ed1b25cc")));

  /** Rows of the test part: ten thousand in each of these sets. */
  static final int TEST_ROWS = 10_000;

  /** Classes: ten in each of these sets. */
  static final int CLASSES = 10;

  private final String kind;
  private final String artifact;
  private final List<String> folders;
  private final Shape image;
  private final int trainRows;
  private final List<ImageFile> files;
  private final @Nullable Archive archive;
  private final List<PublishedFile> published;

  ImageSet(
      String kind,
      String artifact,
      List<String> folders,
      Shape image,
      int trainRows,
      List<ImageFile> files,
      @Nullable Archive archive,
      List<PublishedFile> published) {
    this.kind = kind;
    this.artifact = artifact;
    this.folders = folders;
    this.image = image;
    this.trainRows = trainRows;
    this.files = files;
    this.archive = archive;
    this.published = published;
  }

  /** The name in the experiment file. */
  String kind() {
    return kind;
  }

  /** The name in DJL's repository. */
  String artifact() {
    return artifact;
  }

  /** Where the files may be under the user's folder. */
  List<String> folders() {
    return folders;
  }

  /** Channels, height, width. */
  Shape image() {
    return image;
  }

  /** Rows that training and validation are drawn from; the test rows come on top. */
  int trainRows() {
    return trainRows;
  }

  /** What DJL's loader reads. */
  List<ImageFile> files() {
    return files;
  }

  /** The gzipped tar archive that the set's authors publish; null where they publish files. */
  @Nullable Archive archive() {
    return archive;
  }

  /** What the set's authors published, whatever it was packed in. */
  List<PublishedFile> published() {
    return published;
  }

  /**
   * An archive with all of a set's files.
   *
   * @param name of the file
   * @param md5 as its authors publish it, in hex
   */
  record Archive(String name, String md5) {}

  /**
   * The files of LeCun's format; a class of its own, since an enum can't name its own constants.
   */
  private static final class Files28 {
    static final List<ImageFile> IDX =
        List.of(
            ImageFile.idx("train_data", "train-images-idx3-ubyte", 0, 60_000, 28, 28),
            ImageFile.idx("train_labels", "train-labels-idx1-ubyte", 0, 60_000),
            ImageFile.idx("test_data", "t10k-images-idx3-ubyte", 60_000, 10_000, 28, 28),
            ImageFile.idx("test_labels", "t10k-labels-idx1-ubyte", 60_000, 10_000));

    private Files28() {}
  }
}
