package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EngineExtension.class)
class MnistTest {
  private static final DataSpec.Mnist SPEC =
      new DataSpec.Mnist(Rows.of(2000), Rows.of(1000), DataSpec.Split.PER_SEED, 0, "");

  /** Read once for all tests: it takes seconds. */
  @TempDir static Path sharedCache;

  @TempDir Path folder;
  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
  }

  private DataSplit split(DataSpec spec, long seed) throws DataException {
    try (DataSets sets = new DataSets(SharedData.directory(), sharedCache)) {
      sets.ensureAvailable(spec);
      return sets.split(spec, seed, manager);
    }
  }

  @Test
  void partsHaveTheirSizesAndShapes() throws DataException {
    DataSplit split = split(SPEC, 0);
    assertThat(split.train().features().getShape()).isEqualTo(new Shape(2000, 1, 28, 28));
    assertThat(split.validation().features().getShape()).isEqualTo(new Shape(1000, 1, 28, 28));
    assertThat(split.test().features().getShape()).isEqualTo(new Shape(10000, 1, 28, 28));
    assertThat(split.outputs()).isEqualTo(10);
    assertThat(split.pool()).isEqualTo(60000);
    assertThat(split.train().features().max().getFloat()).isEqualTo(1f);
    assertThat(split.train().features().min().getFloat()).isZero();
  }

  /**
   * The test rows are those of the authors' file, in its order: compared with the bytes of the file
   * itself, read without DJL.
   */
  @Test
  void testRowsAreTheFilesRows() throws DataException, IOException {
    DataSplit split = split(SPEC, 0);
    Path mnist = SharedData.directory().resolve("mnist");
    float[] pixels = split.test().features().toFloatArray();
    long[] labels = split.test().labels().toLongArray();
    try (DataInputStream images = gunzip(mnist.resolve("t10k-images-idx3-ubyte.gz"));
        DataInputStream classes = gunzip(mnist.resolve("t10k-labels-idx1-ubyte.gz"))) {
      images.skipNBytes(16);
      classes.skipNBytes(8);
      for (int row = 0; row < 10000; row++) {
        assertThat(labels[row]).isEqualTo(classes.readUnsignedByte());
        if (row % 1000 == 999) {
          for (int i = 0; i < 784; i++) {
            assertThat(pixels[row * 784 + i]).isEqualTo(images.readUnsignedByte() / 255f);
          }
        } else {
          images.skipNBytes(784);
        }
      }
    }
    // The first test images are known to all: 7, 2, 1, 0, 4, 1, 4, 9, 5, 9.
    assertThat(labels).startsWith(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
  }

  /** The published class counts of the 60,000: 5923, 6742, ...; in 6,000 rows a tenth of them. */
  @Test
  void everyClassKeepsItsShare() throws DataException {
    DataSpec spec = new DataSpec.Mnist(Rows.of(6000), Rows.of(1), DataSpec.Split.PER_SEED, 0, "");
    long[] counts = new long[10];
    for (long label : split(spec, 1).train().labels().toLongArray()) {
      counts[(int) label]++;
    }
    int[] published = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
    for (int c = 0; c < 10; c++) {
      assertThat(counts[c]).isBetween(published[c] / 10L, published[c] / 10L + 1);
    }
  }

  @Test
  void allRowsThatValidationLeavesAreTrainedOnWhereNoNumberIsGiven() throws DataException {
    DataSplit split =
        split(new DataSpec.Mnist(null, Rows.of(59990), DataSpec.Split.PER_SEED, 0, ""), 2);
    assertThat(split.train().rows()).isEqualTo(10);
  }

  @Test
  void aDamagedCacheIsReadAgain() throws DataException, IOException {
    String before = split(SPEC, 0).sha256();
    Path cached;
    try (Stream<Path> files = Files.list(sharedCache)) {
      cached = files.filter(file -> file.toString().endsWith(".bin")).findFirst().orElseThrow();
    }
    try (RandomAccessFile file = new RandomAccessFile(cached.toFile(), "rw")) {
      file.seek(1_000_000);
      int old = file.read();
      file.seek(1_000_000);
      file.write(old + 1);
    }
    assertThat(split(SPEC, 0).sha256()).isEqualTo(before);
    try (Stream<Path> files = Files.list(sharedCache)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing half-written is left")
          .allMatch(name -> name.endsWith(".bin") || name.endsWith(".lock"));
    }
  }

  @Test
  void aFolderWithoutTheSetIsNamedWithWhatIsNeeded() {
    try (DataSets sets = new DataSets(folder, folder.resolve("cache"))) {
      assertThatThrownBy(() -> sets.ensureAvailable(SPEC))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "mnist: not found in --data-dir "
                  + folder
                  + "; it needs mnist/ with train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                  + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, plain or .gz; leave --data-dir"
                  + " out to download the set");
    }
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    try (DataSets sets = new DataSets(missing, folder)) {
      assertThatThrownBy(() -> sets.ensureAvailable(SPEC))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("mnist: --data-dir " + missing + " is not a folder; name one");
    }
  }

  @Test
  void aTruncatedFileIsNamed() throws IOException {
    List<Path> files = copyOfTheSet();
    Path images = files.get(0);
    byte[] whole = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(whole, whole.length / 2));
    assertRefused("mnist: " + images + " ends too early; get it again from its source");
  }

  /** The labels begin 5 0 4 1 9 2 1 3: as two big-endian numbers 0x05000401 and 0x09020103. */
  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    List<Path> files = copyOfTheSet();
    Files.copy(files.get(1), files.get(0), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(
        "mnist: "
            + files.get(0)
            + " begins with [2049, 60000, 83887105, 151126275]; [2051, 60000, 28, 28] is needed"
            + " (idx format: magic number, sizes); is it another file?");
  }

  @Test
  void aFileThatIsTooLongIsRefusedWithoutReadingItAll() throws IOException {
    List<Path> files = copyOfTheSet();
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(files.get(3)))) {
      out.write(new byte[] {0, 0, 8, 1, 0, 0, 0x27, 0x10});
      out.write(new byte[20_000_000]);
    }
    assertRefused(
        "mnist: "
            + files.get(3)
            + " holds more bytes uncompressed; 10,008 are needed; get it again from its source");
  }

  @Test
  void damagedBytesAreFound() throws IOException {
    List<Path> files = copyOfTheSet();
    byte[] whole = Files.readAllBytes(files.get(3));
    // The last eight bytes are the checksum and the length.
    whole[whole.length - 6] ^= 1;
    Files.write(files.get(3), whole);
    assertRefused(
        "mnist: "
            + files.get(3)
            + " is damaged (Corrupt GZIP trailer); get it again from its source");
  }

  private void assertRefused(String message) {
    Path cache = folder.resolve("cache");
    try (DataSets sets = new DataSets(folder, cache)) {
      assertThatThrownBy(() -> sets.ensureAvailable(SPEC))
          .isInstanceOf(DataException.class)
          .hasMessage(message);
    }
    assertThat(cache).doesNotExist();
  }

  private List<Path> copyOfTheSet() throws IOException {
    Path source = SharedData.directory().resolve("mnist");
    Path target = Files.createDirectory(folder.resolve("mnist"));
    for (ImageFile file : ImageSet.MNIST.files()) {
      String name = file.names().get(0).get(0) + ".gz";
      Files.copy(source.resolve(name), target.resolve(name));
      assertThat(target.resolve(name).toFile().setWritable(true)).isTrue();
    }
    return ImageSet.MNIST.files().stream()
        .map(file -> target.resolve(file.names().get(0).get(0) + ".gz"))
        .toList();
  }

  private static DataInputStream gunzip(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
  }
}
