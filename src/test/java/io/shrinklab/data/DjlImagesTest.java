package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Made-up sets in the real formats and sizes, read by DJL's loaders. */
@ExtendWith(EngineExtension.class)
class DjlImagesTest {
  @TempDir Path folder;

  /**
   * The binary version of CIFAR-10: a class byte, then 1,024 red, 1,024 green and 1,024 blue values
   * per image. Here red is the row's number mod 200, green 1 and blue 2 above it, but for the first
   * pixel of each channel, which is 255.
   */
  @Test
  void cifarsFiveFilesBecomeOneSetWithChannelsFirst(NDManager manager)
      throws IOException, DataException {
    Path cifar = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    for (int batch = 1; batch <= 5; batch++) {
      writeCifar(cifar.resolve("data_batch_" + batch + ".bin"), (batch - 1) * 10_000);
    }
    writeCifar(cifar.resolve("test_batch.bin"), 50_000);
    DataSpec spec =
        new DataSpec.Cifar10(Rows.of(100), Rows.of(200), DataSpec.Split.PER_SEED, 0, "");
    try (DataSets sets = new DataSets(folder, folder.resolve("cache"))) {
      sets.ensureAvailable(spec);
      DataSplit split = sets.split(spec, 0, manager);
      assertThat(split.pool()).isEqualTo(50_000);
      assertThat(split.train().rows()).isEqualTo(100);
      assertThat(split.test().features().getShape()).isEqualTo(new Shape(10_000, 3, 32, 32));
      // Row 7 of the test part is row 50,007: class 7, red 7.
      assertThat(split.test().labels().getLong(7)).isEqualTo(7);
      float[] image = split.test().features().get(7).toFloatArray();
      for (int channel = 0; channel < 3; channel++) {
        assertThat(image[channel * 1024]).isEqualTo(1f);
        assertThat(image[channel * 1024 + 1]).isEqualTo((7 + channel) / 255f);
        assertThat(image[channel * 1024 + 1023]).isEqualTo((7 + channel) / 255f);
      }
      // Training rows come from all five files, so their red values are of all sizes.
      assertThat(split.train().features().mean().getFloat()).isBetween(60 / 255f, 140 / 255f);
    }
  }

  private static void writeCifar(Path file, int firstRow) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      byte[] image = new byte[3073];
      for (int row = firstRow; row < firstRow + 10_000; row++) {
        image[0] = (byte) (row % 10);
        for (int channel = 0; channel < 3; channel++) {
          int from = 1 + channel * 1024;
          Arrays.fill(image, from, from + 1024, (byte) (row % 200 + channel));
          image[from] = (byte) 255;
        }
        out.write(image);
      }
    }
  }

  /** All pixels of an image are its row's number mod 251; its class is the row's number mod 10. */
  @Test
  void fashionMnistIsReadFromItsFolderPlainOrGzipped(NDManager manager)
      throws IOException, DataException {
    Path fashion = Files.createDirectory(folder.resolve("fashion-mnist"));
    writeImages(fashion.resolve("train-images-idx3-ubyte.gz"), 60_000);
    writeClasses(fashion.resolve("train-labels-idx1-ubyte"), 60_000);
    writeImages(fashion.resolve("t10k-images-idx3-ubyte.gz"), 10_000);
    writeClasses(fashion.resolve("t10k-labels-idx1-ubyte"), 10_000);
    DataSpec spec =
        new DataSpec.FashionMnist(Rows.of(50), Rows.of(50), DataSpec.Split.PER_SEED, 0, "");
    try (DataSets sets = new DataSets(folder, folder.resolve("cache"))) {
      sets.ensureAvailable(spec);
      DataSplit split = sets.split(spec, 0, manager);
      assertThat(split.test().labels().getLong(9_999)).isEqualTo(9);
      assertThat(split.test().features().get(9_999).toFloatArray())
          .hasSize(784)
          .containsOnly((9_999 % 251) / 255f);
    }
  }

  private static DataOutputStream open(Path file) throws IOException {
    OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file));
    return new DataOutputStream(
        file.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 16) : raw);
  }

  private static void writeImages(Path file, int rows) throws IOException {
    try (DataOutputStream out = open(file)) {
      for (int number : new int[] {2051, rows, 28, 28}) {
        out.writeInt(number);
      }
      byte[] image = new byte[784];
      for (int row = 0; row < rows; row++) {
        Arrays.fill(image, (byte) (row % 251));
        out.write(image);
      }
    }
  }

  private static void writeClasses(Path file, int rows) throws IOException {
    try (DataOutputStream out = open(file)) {
      out.writeInt(2049);
      out.writeInt(rows);
      for (int row = 0; row < rows; row++) {
        out.write(row % 10);
      }
    }
  }
}
