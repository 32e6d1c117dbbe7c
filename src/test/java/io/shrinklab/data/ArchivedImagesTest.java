package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up archives in the format, order and sizes of CIFAR-10's. */
class ArchivedImagesTest {
  private static final String NAME = "cifar-10-binary.tar.gz";
  private static final int BATCH = 30_730_000;

  /** The order in which the published archive holds them. */
  private static final List<String> PUBLISHED =
      List.of(
          "data_batch_1.bin",
          "batches.meta.txt",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "test_batch.bin",
          "readme.html",
          "data_batch_5.bin",
          "data_batch_2.bin");

  @TempDir Path folder;
  private Path archive;

  @BeforeEach
  void name() {
    archive = folder.resolve(NAME);
  }

  @Test
  void filesComeOutInTheirOwnOrderWhateverTheArchives() throws Exception {
    write("cifar-10-batches-bin/", PUBLISHED, BATCH);
    Path out = Files.createDirectory(folder.resolve("out"));
    ArchivedImages images = images();
    images.check();
    images.copyTo(out);
    byte[] train = Files.readAllBytes(out.resolve("data_batch.bin"));
    assertThat(train).hasSize(5 * BATCH);
    for (int batch = 1; batch <= 5; batch++) {
      byte[] one = Arrays.copyOfRange(train, (batch - 1) * BATCH, batch * BATCH);
      assertThat(isAll(one, batch)).as("batch " + batch).isTrue();
    }
    byte[] test = Files.readAllBytes(out.resolve("test_batch.bin"));
    assertThat(test).hasSize(BATCH);
    assertThat(isAll(test, 't')).isTrue();
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(2);
    }
    assertThat(images.sha256()).isEqualTo(Sha256.of(Files.readAllBytes(archive)));
  }

  @Test
  void anArchiveInTheDataFolderIsFoundAndHeldAgainstThePublishedChecksum() throws IOException {
    Files.writeString(archive, "a page that says 404");
    try (DataSets sets = new DataSets(folder, folder.resolve("cache"))) {
      DataSpec spec = new DataSpec.Cifar10(Rows.of(1), Rows.of(1), DataSpec.Split.FIXED, 0, "");
      // md5sum of GNU coreutils.
      assertRefused(
          () -> sets.ensureAvailable(spec),
          "cifar10: "
              + archive
              + " has the MD5 ede3a68a6a7a8f742529ac13a4a4787a; the archive that the set's authors"
              + " publish has c32a1d4ab5d03f1284b67883e8d87530; get it again from its source, or"
              + " unpack it beside to use it as it is");
    }
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void aNameThatClimbsOutOfTheFolderIsOnlyAName() throws Exception {
    write("../../outside/", PUBLISHED, BATCH);
    Path out = Files.createDirectories(folder.resolve("deep/er/out"));
    images().copyTo(out);
    assertThat(folder.resolve("deep/outside")).doesNotExist();
    assertThat(folder.resolve("outside")).doesNotExist();
    try (var files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("data_batch.bin", "test_batch.bin");
    }
  }

  @Test
  void aLinkIsNoFile() throws Exception {
    try (TarArchiveOutputStream tar = open()) {
      TarArchiveEntry link = new TarArchiveEntry("x/data_batch_1.bin", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    assertRefused(
        () -> images().check(),
        "cifar10: "
            + archive
            + " does not hold data_batch_1.bin, data_batch_2.bin, data_batch_3.bin,"
            + " data_batch_4.bin, data_batch_5.bin, test_batch.bin; get it again from its source");
  }

  @Test
  void anotherSizeIsRefusedBeforeItIsRead() throws Exception {
    write("x/", List.of("data_batch_1.bin"), BATCH + 1);
    assertRefused(
        () -> images().check(),
        "cifar10: "
            + archive
            + " holds data_batch_1.bin with 30,730,001 bytes; 30,730,000 are needed");
  }

  @Test
  void aFileThatStandsTwiceIsRefused() throws Exception {
    write("x/", List.of("test_batch.bin", "test_batch.bin"), BATCH);
    assertRefused(() -> images().check(), "cifar10: " + archive + " holds test_batch.bin twice");
  }

  @Test
  void whatIsNoPartOfTheSetIsNotReadWithoutEnd() throws Exception {
    // Gigabytes of zeros in a few megabytes would be read for nothing.
    write("x/", List.of("bomb"), 100_000_000);
    assertRefused(
        () -> images().check(),
        "cifar10: " + archive + " holds \"bomb\" and more that is no part of the set");
  }

  @Test
  void aTruncatedArchiveIsRefused() throws Exception {
    write("x/", PUBLISHED, BATCH);
    byte[] whole = Files.readAllBytes(archive);
    for (int length : new int[] {0, 1, 9, 1000, whole.length / 2, whole.length - 9}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> images().check())
          .as("the first " + length + " bytes")
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("cifar10: " + archive)
          .hasMessageEndingWith("; get it again from its source");
    }
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageStartingWith(message);
  }

  private ArchivedImages images() throws IOException {
    return new ArchivedImages(ImageSet.CIFAR10, archive, UserFile.hash(archive, "MD5"));
  }

  private static boolean isAll(byte[] bytes, int value) {
    byte[] wanted = new byte[bytes.length];
    Arrays.fill(wanted, (byte) value);
    return Arrays.equals(bytes, wanted);
  }

  private TarArchiveOutputStream open() throws IOException {
    OutputStream raw = Files.newOutputStream(archive);
    return new TarArchiveOutputStream(
        new GZIPOutputStream(raw, 1 << 16) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        });
  }

  /** All bytes of a batch are its number, of the test batch 't', of others 'x'. */
  private void write(String prefix, List<String> names, int bytes) throws IOException {
    try (TarArchiveOutputStream tar = open()) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(prefix + name, true);
        boolean batch = !PUBLISHED.contains(name) || name.endsWith(".bin");
        entry.setSize(batch ? bytes : 61);
        tar.putArchiveEntry(entry);
        byte[] content = new byte[batch ? bytes : 61];
        Arrays.fill(
            content,
            (byte)
                (name.startsWith("data_batch_")
                    ? name.charAt(11) - '0'
                    : name.startsWith("test") ? 't' : 'x'));
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
  }
}
