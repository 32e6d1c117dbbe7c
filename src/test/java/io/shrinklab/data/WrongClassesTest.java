package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published sets have the classes 0 to 9; files that have others are refused before any run. */
class WrongClassesTest {
  private static final DataSpec MNIST =
      new DataSpec.Mnist(Rows.of(10), Rows.of(10), DataSpec.Split.PER_SEED, 0, "");

  private static final DataSpec CIFAR10 =
      new DataSpec.Cifar10(Rows.of(10), Rows.of(10), DataSpec.Split.PER_SEED, 0, "");

  @TempDir private Path folder;

  /** As long as it has to be, and 0 but for its header: a sparse file. */
  private Path file(String name, long bytes, int... header) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
      for (int number : header) {
        out.writeInt(number);
      }
    }
    return file;
  }

  private static void put(Path file, long at, int value) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(at);
      out.write(value);
    }
  }

  private void look(DataSpec spec) throws DataException {
    try (DataSets sets = new DataSets(folder, folder.resolve("cache"))) {
      sets.ensureAvailable(spec);
    }
  }

  /** LeCun's format: 8 bytes of header, then a byte for each of 60,000 and of 10,000 rows. */
  @ParameterizedTest
  @CsvSource({"train-labels-idx1-ubyte, 8, 10", "t10k-labels-idx1-ubyte, 10007, 255"})
  void aClassBeyondTheTenIsNamedWithItsPlace(String name, long at, int value) throws Exception {
    file("mnist/train-images-idx3-ubyte", 16 + 60_000L * 784, 2051, 60_000, 28, 28);
    file("mnist/train-labels-idx1-ubyte", 8 + 60_000, 2049, 60_000);
    // Pixels may be anything.
    put(file("mnist/t10k-images-idx3-ubyte", 16 + 10_000L * 784, 2051, 10_000, 28, 28), 16, 255);
    file("mnist/t10k-labels-idx1-ubyte", 8 + 10_000, 2049, 10_000);
    Path file = folder.resolve("mnist").resolve(name);
    put(file, at, 9);
    look(MNIST);
    put(file, at, value);
    assertThatThrownBy(() -> look(MNIST))
        .hasMessage(
            "mnist: %s, byte %d from 0, uncompressed: found the class %d; 0 to 9 are allowed; get it again from its source"
                .formatted(file, at, value));
    assertThatThrownBy(() -> new DataSets(folder, folder.resolve("cache")).named(MNIST))
        .hasMessageContaining("found the class " + value);
  }

  /** A row is its class and 3,072 pixels; five files are read as one. */
  @Test
  void inAFileOfRowsTheFirstByteOfEachIsLookedAt() throws Exception {
    for (int i = 1; i <= 5; i++) {
      file("cifar10/data_batch_" + i + ".bin", 10_000L * 3073);
    }
    file("cifar10/test_batch.bin", 10_000L * 3073);
    Path third = folder.resolve("cifar10/data_batch_3.bin");
    put(third, 9_999L * 3073 - 1, 200);
    put(third, 9_999L * 3073 + 1, 200);
    assertThatCode(() -> look(CIFAR10)).doesNotThrowAnyException();
    put(third, 9_999L * 3073, 10);
    assertThatThrownBy(() -> look(CIFAR10))
        .hasMessageContaining(third + ", byte 30726927 from 0, uncompressed: found the class 10;");
  }
}
