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
      null),
  /** H. Xiao, K. Rasul, R. Vollgraf (2017), arXiv 1708.07747. */
  FASHION_MNIST(
      "fashion-mnist",
      "fashmnist",
      List.of("fashion-mnist", "fashmnist", "FashionMNIST/raw"),
      new Shape(1, 28, 28),
      60_000,
      Files28.IDX,
      null),
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
              50_000L * 3073),
          new ImageFile(
              "test_batch.bin", List.of(List.of("test_batch.bin")), List.of(), 10_000L * 3073)),
      // Its MD5 stands on https://www.cs.toronto.edu/~kriz/cifar.html.
      new Archive("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530"));

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

  ImageSet(
      String kind,
      String artifact,
      List<String> folders,
      Shape image,
      int trainRows,
      List<ImageFile> files,
      @Nullable Archive archive) {
    this.kind = kind;
    this.artifact = artifact;
    this.folders = folders;
    this.image = image;
    this.trainRows = trainRows;
    this.files = files;
    this.archive = archive;
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
            ImageFile.idx("train_data", "train-images-idx3-ubyte", 60_000, 28, 28),
            ImageFile.idx("train_labels", "train-labels-idx1-ubyte", 60_000),
            ImageFile.idx("test_data", "t10k-images-idx3-ubyte", 10_000, 28, 28),
            ImageFile.idx("test_labels", "t10k-labels-idx1-ubyte", 10_000));

    private Files28() {}
  }
}
