package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The files were written by NumPy: pixel i of a part is (7 i + part) mod 256. */
@ExtendWith(EngineExtension.class)
class NpzImagesTest {
  @TempDir Path folder;

  private Path copy(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = NpzImagesTest.class.getResourceAsStream(name)) {
      Files.copy(in, file);
    }
    return file;
  }

  private static DataSpec.Npz spec(String file, String checksum, Integer train, int validation) {
    return new DataSpec.Npz(
        file,
        checksum,
        train == null ? null : Rows.of(train),
        Rows.of(validation),
        DataSpec.Split.FIXED,
        0);
  }

  private static String checksum(Path file) throws IOException {
    return "sha256:" + Sha256.of(Files.readAllBytes(file));
  }

  private DataSplit split(String name, Integer train, int validation, NDManager manager)
      throws IOException, DataException {
    String checksum = checksum(copy(name));
    try (DataSets sets = new DataSets(folder)) {
      DataSpec spec = spec(name, checksum, train, validation);
      sets.ensureAvailable(spec);
      return sets.split(spec, 5, manager);
    }
  }

  @Test
  void severalColumnsOfLabelsMakeAMultiLabelTaskInTheFilesOwnParts(NDManager manager)
      throws IOException, DataException {
    DataSplit split = split("multi-label.npz", null, 0, manager);
    assertThat(split.task()).isEqualTo(Task.MULTI_LABEL);
    assertThat(split.outputs()).isEqualTo(3);
    assertThat(split.train().features().getShape()).isEqualTo(new Shape(8, 1, 4, 5));
    assertThat(split.validation().rows()).isEqualTo(4);
    assertThat(split.test().rows()).isEqualTo(5);
    // Validation labels are the binary digits of 2 to 5, lowest first; pixels (7 i + 2) / 255.
    assertThat(split.validation().labels().toFloatArray())
        .containsExactly(0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 1);
    assertThat(split.validation().features().toFloatArray())
        .startsWith(2 / 255f, 9 / 255f, 16 / 255f);
    assertThat(split.test().features().toFloatArray()).startsWith(3 / 255f, 10 / 255f);
  }

  @Test
  void oneColumnOfLabelsMakesASingleLabelTaskAndChannelsComeFirst(NDManager manager)
      throws IOException, DataException {
    DataSplit split = split("colour.npz", null, 0, manager);
    assertThat(split.task()).isEqualTo(Task.SINGLE_LABEL);
    assertThat(split.outputs()).isEqualTo(3);
    assertThat(split.test().rows()).isZero();
    assertThat(split.validation().labels().toLongArray()).containsExactly(0, 1, 2);
    // Height 2, width 3: the red values of the first image are pixels 0, 3, 6, 9, 12, 15.
    assertThat(split.validation().features().get("0, 0").toFloatArray())
        .containsExactly(2 / 255f, 23 / 255f, 44 / 255f, 65 / 255f, 86 / 255f, 107 / 255f);
    assertThat(split.validation().features().getShape()).isEqualTo(new Shape(3, 3, 2, 3));
  }

  @Test
  void sharesAreOfTheFilesOwnParts(NDManager manager) throws IOException, DataException {
    String checksum = checksum(copy("multi-label.npz"));
    DataSpec spec =
        new DataSpec.Npz(
            "multi-label.npz", checksum, new Rows(0.5), new Rows(0.5), DataSpec.Split.FIXED, 0);
    try (DataSets sets = new DataSets(folder)) {
      // The file has 8 training rows, 4 validation rows and 5 test rows.
      assertThat(sets.split(spec, 5, manager).sizes()).isEqualTo(new PartSizes(4, 2, 5, 8, 4));
    }
    assertRefused(
        new DataSpec.Npz("multi-label.npz", checksum, null, new Rows(0.2), DataSpec.Split.FIXED, 0),
        "data.validation: found 0.2 (0 rows); the set's validation part has 4 rows; ask for some of"
            + " them, or 0 for all");
    assertRefused(
        new DataSpec.Npz(
            "multi-label.npz", checksum, new Rows(0.1), Rows.of(0), DataSpec.Split.FIXED, 0),
        "data: found train 0.1 (0 rows); each part needs a row, and there are 8 rows to draw from;"
            + " ask for other sizes");
  }

  /** The file has 8 training rows and 4 validation rows; rows are told apart by their pixels. */
  @Test
  void aSeedDrawsTrainingAndValidationRowsEachFromThePoolThatIsRecorded(NDManager manager)
      throws IOException, DataException {
    String checksum = checksum(copy("multi-label.npz"));
    DataSpec all =
        new DataSpec.Npz(
            "multi-label.npz", checksum, Rows.of(5), Rows.of(0), DataSpec.Split.PER_SEED, 0);
    DataSpec some =
        new DataSpec.Npz("multi-label.npz", checksum, null, Rows.of(2), DataSpec.Split.PER_SEED, 0);
    Set<Set<Float>> trainAll = new HashSet<>();
    Set<Set<Float>> validationAll = new HashSet<>();
    Set<Set<Float>> trainSome = new HashSet<>();
    Set<Set<Float>> validationSome = new HashSet<>();
    try (DataSets sets = new DataSets(folder)) {
      for (long seed = 0; seed < 20; seed++) {
        DataSplit split = sets.split(all, seed, manager);
        assertThat(split.sizes()).isEqualTo(new PartSizes(5, 4, 5, 8, 4));
        trainAll.add(firstPixels(split.train()));
        validationAll.add(firstPixels(split.validation()));
        split = sets.split(some, seed, manager);
        assertThat(split.sizes()).isEqualTo(new PartSizes(8, 2, 5, 8, 4));
        trainSome.add(firstPixels(split.train()));
        validationSome.add(firstPixels(split.validation()));
      }
    }
    assertThat(validationAll).hasSize(1);
    assertThat(trainSome).hasSize(1);
    assertThat(trainAll).hasSizeGreaterThan(1);
    assertThat(validationSome).hasSizeGreaterThan(1);
    // Never one of the other's rows.
    assertThat(trainAll)
        .allSatisfy(rows -> assertThat(trainSome.iterator().next()).containsAll(rows));
    assertThat(validationSome)
        .allSatisfy(rows -> assertThat(validationAll.iterator().next()).containsAll(rows));
  }

  private static Set<Float> firstPixels(Part part) {
    Set<Float> pixels = new HashSet<>();
    for (float pixel : part.features().get(":, 0, 0, 0").toFloatArray()) {
      pixels.add(pixel);
    }
    return pixels;
  }

  @Test
  void rowsAreDrawnFromTheFilesPartsWhereFewerAreAskedFor(NDManager manager)
      throws IOException, DataException {
    DataSplit split = split("multi-label.npz", 5, 2, manager);
    assertThat(split.train().rows()).isEqualTo(5);
    assertThat(split.validation().rows()).isEqualTo(2);
    assertThat(split.test().rows()).isEqualTo(5);
  }

  @Test
  void moreValidationRowsThanTheFileHasAreRefused() throws IOException {
    assertRefused(
        spec("multi-label.npz", checksum(copy("multi-label.npz")), null, 9),
        "data.validation: found 9; the set's validation part has 4 rows; ask for some of"
            + " them, or 0 for all");
  }

  @Test
  void labelNoiseIsRefusedWhereThereAreNoClasses() throws IOException {
    String checksum = checksum(copy("multi-label.npz"));
    assertRefused(
        new DataSpec.Npz("multi-label.npz", checksum, null, Rows.of(0), DataSpec.Split.FIXED, 0.1),
        "data.labelNoise: found 0.1; 0 is allowed here: labels are drawn for single-label sets");
  }

  @Test
  void aMissingChecksumIsTold() throws IOException {
    Path file = copy("multi-label.npz");
    assertRefused(
        spec("multi-label.npz", "", null, 0),
        "data.checksum: missing; runs are named by the content of their data. "
            + file
            + " holds what this names: \"checksum\": \""
            + checksum(file)
            + "\"; write that into the experiment's data");
  }

  @Test
  void anotherContentIsRefusedAndMd5IsUnderstood() throws Exception {
    Path file = copy("multi-label.npz");
    String md5 =
        HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    try (DataSets sets = new DataSets(folder)) {
      sets.ensureAvailable(spec("multi-label.npz", "md5:" + md5, null, 0));
    }
    assertRefused(
        spec("multi-label.npz", "md5:00", null, 0),
        "data.checksum: found md5:00, but "
            + file
            + " has md5:"
            + md5
            + "; get the file again from its source, or write the new checksum, which makes new"
            + " runs");
  }

  @Test
  void fortranOrderIsRefused() throws IOException {
    Path file = copy("fortran.npz");
    assertRefused(
        spec("fortran.npz", checksum(file), null, 0),
        "data.file: "
            + file
            + ", array train_images is in Fortran order; C order is needed: save"
            + " numpy.ascontiguousarray(a)");
  }

  @Test
  void aTruncatedArchiveIsRefused() throws IOException {
    Path file = copy("multi-label.npz");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertRefused(
        spec("multi-label.npz", checksum(file), null, 0),
        "data.file: " + file + " is not a whole NPZ archive");
  }

  /** Two images of 1 x 1 for training and as many for validation. */
  private DataSpec npz(byte[] images, byte[] labels) throws IOException {
    Path file = folder.resolve("made.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String part : List.of("train", "val")) {
        zip.putNextEntry(new ZipEntry(part + "_images.npy"));
        zip.write(images);
        zip.putNextEntry(new ZipEntry(part + "_labels.npy"));
        zip.write(labels);
      }
    }
    return spec("made.npz", checksum(file), null, 0);
  }

  private String array(String name) {
    return "data.file: " + folder.resolve("made.npz") + ", array " + name;
  }

  @Test
  void aClassBelowZeroIsRefused() throws IOException {
    byte[] images = NpyArrayTest.npy("|u1", "2, 1, 1", 3, 4);
    assertRefused(
        npz(images, NpyArrayTest.npy("|i1", "2, 1", 0, 0xff)),
        array("train_labels") + ", row 1: found -1; a class from 0 to 9999 is needed");
    assertRefused(
        npz(images, NpyArrayTest.npy("<u2", "2, 1", 0, 0, 0xff, 0xff)),
        array("train_labels") + ", row 1: found 65535; a class from 0 to 9999 is needed");
  }

  @Test
  void pixelsWithASignAreRefused() throws IOException {
    assertRefused(
        npz(NpyArrayTest.npy("|i1", "2, 1, 1", 3, 0xff), NpyArrayTest.npy("|u1", "2, 1", 0, 1)),
        array("train_images") + " has the shape [2, 1, 1] with 1 bytes and a sign a value; uint8");
  }

  @Test
  void oneClassIsRefused() throws IOException {
    byte[] images = NpyArrayTest.npy("|u1", "2, 1, 1", 3, 4);
    for (int label : new int[] {0, 5}) {
      assertRefused(
          npz(images, NpyArrayTest.npy("|u1", "2, 1", label, label)),
          array("train_labels")
              + " and the other labels hold one class only, "
              + label
              + "; at least two are needed");
    }
  }

  @Test
  void sizesOfNothingAreRefused() throws IOException {
    byte[] images = NpyArrayTest.npy("|u1", "2, 1, 1", 3, 4);
    assertRefused(
        npz(images, NpyArrayTest.npy("|u1", "2, 0")),
        array("train_labels") + " has the shape [2, 0]; no size may be 0");
    assertRefused(
        npz(NpyArrayTest.npy("|u1", "2, 0, 2147483647"), NpyArrayTest.npy("|u1", "2, 1", 0, 1)),
        array("train_images") + " has the shape [2, 0, 2147483647]; no size may be 0");
    assertRefused(
        npz(NpyArrayTest.npy("|u1", "0, 1, 1"), NpyArrayTest.npy("|u1", "0, 1")),
        array("train_labels") + " has the shape [0, 1], the images [0, 1, 1]; as many labels");
  }

  /** 1.6 GB in a file of some hundred bytes. */
  @Test
  void anArrayThatClaimsMoreThanItsFileHoldsIsRefused() throws IOException {
    assertRefused(
        npz(NpyArrayTest.npy("|u1", "1000000, 40, 40"), NpyArrayTest.npy("|u1", "2, 1", 0, 1)),
        array("train_images")
            + " has the shape [1000000, 40, 40], 1600000000 bytes; its file holds at most ");
  }

  @Test
  void aFileNameThatIsNoneIsRefusedWithWhatIsAllowed() {
    assertRefused(
        spec("a\0b.npz", "md5:00", null, 0),
        "data.file: found \"a\\u0000b.npz\"; a path without control characters is needed");
    assertRefused(
        spec("a\ud800b.npz", "md5:00", null, 0),
        "data.file: found \"a\\ud800b.npz\"; a path in the characters of file names here (");
    assertRefused(spec("", "md5:00", null, 0), "data.file: found \"\"; a path is needed");
    DataSpec folderOfClasses =
        new DataSpec.ImageFolder("a\0b", "md5:00", null, Rows.of(1), DataSpec.Split.PER_SEED, 0);
    assertRefused(folderOfClasses, "data.folder: found \"a\\u0000b\"; a path without control");
  }

  @Test
  void aMissingFileIsNamedWithAllPlaces() {
    assertRefused(
        spec("no.npz", "md5:00", null, 0),
        "data.file: found no file "
            + folder.resolve("no.npz")
            + " nor no.npz; name an existing one, or the folder that holds it with --data-dir");
  }

  private void assertRefused(DataSpec spec, String message) {
    try (DataSets sets = new DataSets(folder)) {
      assertThatThrownBy(() -> sets.ensureAvailable(spec))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(message);
    }
  }
}
