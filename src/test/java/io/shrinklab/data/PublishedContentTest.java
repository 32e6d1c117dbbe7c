package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What names a published set: nothing where it is what was published, else its content. */
class PublishedContentTest {
  private static final DataSpec MNIST =
      new DataSpec.Mnist(Rows.of(100), Rows.of(100), DataSpec.Split.PER_SEED, 0, "");

  @TempDir private Path folder;

  private static byte[] published(ImageFile file) throws IOException {
    Path path = SharedData.directory().resolve("mnist").resolve(file.names().get(0).get(0) + ".gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(path))) {
      return in.readAllBytes();
    }
  }

  private DataSpec named(Path directory, DataSpec spec) throws DataException {
    try (DataSets sets = new DataSets(directory, folder.resolve("cache"))) {
      return sets.named(spec).orElseThrow();
    }
  }

  @Test
  void whatIsPublishedIsNamedByItsKindAlone() throws Exception {
    assertThat(named(SharedData.directory(), MNIST)).isEqualTo(MNIST);
    try (DataSets sets = new DataSets(SharedData.directory(), folder.resolve("cache"))) {
      sets.requireNamed(MNIST);
    }
  }

  /** Unpacked, and packed anew; one pixel of the last test image is another. */
  @Test
  void otherRowsAreNamedHoweverTheyArePacked() throws Exception {
    List<byte[]> content = new ArrayList<>();
    for (ImageFile file : ImageSet.MNIST.files()) {
      content.add(published(file));
    }
    byte[] test = content.get(2);
    test[test.length - 400] ^= 1;
    Path plain = Files.createDirectories(folder.resolve("plain/mnist"));
    Path packed = Files.createDirectories(folder.resolve("packed/mnist"));
    for (int i = 0; i < content.size(); i++) {
      String name = ImageSet.MNIST.files().get(i).names().get(0).get(0);
      Files.write(plain.resolve(name), content.get(i));
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(packed.resolve(name + ".gz")))) {
        out.write(content.get(i));
      }
    }
    // The idx format: a header of 8 bytes before classes, of 16 before pixels.
    String sha256 =
        Sha256.of(
            behind(content.get(1), 8),
            behind(content.get(3), 8),
            behind(content.get(0), 16),
            behind(content.get(2), 16));
    assertThat(named(plain.getParent(), MNIST)).isEqualTo(MNIST.withChecksum("sha256:" + sha256));
    assertThat(named(packed.getParent(), MNIST)).isEqualTo(MNIST.withChecksum("sha256:" + sha256));
    try (DataSets sets = new DataSets(plain.getParent(), folder.resolve("cache"))) {
      sets.requireNamed(MNIST.withChecksum("sha256:" + sha256));
      assertThatThrownBy(() -> sets.requireNamed(MNIST))
          .isInstanceOf(DataException.class)
          .hasMessage(
              "mnist: the data changed, or are others than those that the run is named by: found"
                  + " sha256:"
                  + sha256
                  + "; this run is of what the set's authors published. The same command again"
                  + " makes runs of what is there now");
    }
  }

  private static byte[] behind(byte[] bytes, int header) {
    return Arrays.copyOfRange(bytes, header, bytes.length);
  }

  /** A class byte before each image; the classes go first into the hash. */
  @Test
  void cifarsRowsAreNamedToo() throws Exception {
    Path cifar = Files.createDirectories(folder.resolve("data/cifar10"));
    byte[] classes = new byte[60_000];
    byte[] pixels = new byte[60_000 * 3072];
    byte[] train = new byte[50_000 * 3073];
    byte[] test = new byte[10_000 * 3073];
    for (int row = 0; row < 60_000; row++) {
      byte[] file = row < 50_000 ? train : test;
      int at = (row < 50_000 ? row : row - 50_000) * 3073;
      classes[row] = (byte) (row % 10);
      file[at] = classes[row];
      for (int i = 0; i < 3072; i += 100) {
        pixels[row * 3072 + i] = (byte) (row + i);
        file[at + 1 + i] = (byte) (row + i);
      }
    }
    Files.write(cifar.resolve("data_batch.bin"), train);
    Files.write(cifar.resolve("test_batch.bin"), test);
    DataSpec spec = new DataSpec.Cifar10(Rows.of(1), Rows.of(1), DataSpec.Split.FIXED, 0, "");
    assertThat(named(folder.resolve("data"), spec).checksum())
        .isEqualTo("sha256:" + Sha256.of(classes, pixels));
  }

  /** As git names a blob: of six bytes "hello\n", by its own documentation. */
  @Test
  void aBlobIsNamedAsGitNamesIt() {
    byte[] hello = {'h', 'e', 'l', 'l', 'o', '\n'};
    PublishedFile file = PublishedFile.rows(0, 2, 3, "ce013625030ba8dba906f756967f9e9ca394464a");
    assertThat(
            file.isIn(
                ByteBuffer.wrap(new byte[] {hello[0], hello[3]}),
                ByteBuffer.wrap(new byte[] {hello[1], hello[2], hello[4], hello[5]})))
        .isTrue();
  }
}
