package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(EngineExtension.class)
class ClassFoldersTest {
  @TempDir Path root;

  private void image(String name, int type, int width, int... values) throws IOException {
    Path file = root.resolve("pets").resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, values.length / width, type);
    for (int i = 0; i < values.length; i++) {
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % width, i / width, 0, values[i]);
      } else {
        image.setRGB(i % width, i / width, values[i]);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private void grey(String name, int... values) throws IOException {
    image(name, BufferedImage.TYPE_BYTE_GRAY, 2, values);
  }

  private static DataSpec.ImageFolder spec(String checksum) {
    return new DataSpec.ImageFolder(
        "pets", checksum, Rows.of(2), Rows.of(2), DataSpec.Split.PER_SEED, 0);
  }

  /** As a user does: the message names the checksum. */
  private String checksum() {
    try (DataSets sets = new DataSets(root)) {
      sets.ensureAvailable(spec(""));
    } catch (DataException e) {
      return e.getMessage().replaceFirst("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
    }
    throw new AssertionError("no checksum was asked for");
  }

  private DataSplit split(NDManager manager) throws DataException {
    try (DataSets sets = new DataSets(root)) {
      return sets.split(spec(checksum()), 1, manager);
    }
  }

  @Test
  void foldersAreClassesInTheOrderOfTheirNames(NDManager manager)
      throws IOException, DataException {
    for (int i = 0; i < 3; i++) {
      grey("cat/" + i + ".png", 10 + i, 20, 30, 40);
      grey("dog/" + i + ".png", 200 + i, 255, 0, 128);
    }
    Files.writeString(root.resolve("pets/cat/.hidden"), "not an image");
    DataSplit split = split(manager);
    assertThat(split.outputs()).isEqualTo(2);
    assertThat(split.pool()).isEqualTo(6);
    assertThat(split.train().features().getShape()).isEqualTo(new Shape(2, 1, 2, 2));
    assertThat(split.test().rows()).isEqualTo(2);
    float[] pixels = split.train().features().toFloatArray();
    long[] labels = split.train().labels().toLongArray();
    for (int row = 0; row < 2; row++) {
      // The second pixel is 20 for cats, class 0, and 255 for dogs, class 1.
      assertThat(pixels[row * 4 + 1]).isEqualTo(labels[row] == 0 ? 20 / 255f : 1f);
      assertThat(pixels[row * 4 + 2]).isEqualTo(labels[row] == 0 ? 30 / 255f : 0f);
    }
  }

  @Test
  void colouredImagesHaveThreeChannelsRedFirst(NDManager manager)
      throws IOException, DataException {
    for (int i = 0; i < 3; i++) {
      image("a/" + i + ".png", BufferedImage.TYPE_INT_RGB, 1, 0x0a141e, 0xff0000);
      image("b/" + i + ".png", BufferedImage.TYPE_INT_RGB, 1, 0x0a141e, 0xff0000);
    }
    DataSplit split = split(manager);
    assertThat(split.train().features().getShape()).isEqualTo(new Shape(2, 3, 2, 1));
    assertThat(split.train().features().get(0).toFloatArray())
        .containsExactly(10 / 255f, 1f, 20 / 255f, 0f, 30 / 255f, 0f);
  }

  @Test
  void aChangedImageChangesTheChecksum() throws IOException {
    grey("cat/0.png", 1, 2, 3, 4);
    grey("dog/0.png", 5, 6, 7, 8);
    String before = checksum();
    assertThat(checksum()).isEqualTo(before);
    grey("dog/0.png", 5, 6, 7, 9);
    assertThat(checksum()).isNotEqualTo(before);
  }

  @Test
  void whatDoesNotFitIsNamed() throws IOException {
    grey("cat/0.png", 1, 2, 3, 4);
    assertRefused(this::read, "holds 1 folders; one per class is needed, at least two");
    grey("dog/0.png", 1, 2, 3, 4, 5, 6);
    assertRefused(this::read, "dog/0.png is 2 x 3 grey; ", "cat/0.png is 2 x 2 grey: all must be");
    Files.writeString(root.resolve("pets/dog/0.png"), "no image");
    assertRefused(this::read, "dog/0.png is no image that Java can read");
    Files.delete(root.resolve("pets/dog/0.png"));
    assertRefused(this::read, "dog holds no image; each class needs some");
  }

  /** What damages a file, and what its message must say beside its name. */
  private enum Damage {
    NO_BYTES("is empty; replace or remove it"),
    A_TEXT("is no image that Java can read; PNG, JPEG, GIF and BMP are"),
    OTHER_MAGIC("is no image that Java can read; PNG, JPEG, GIF and BMP are"),
    CUT_HEADER("cannot be read ("),
    CUT_DATA("cannot be read ("),
    NO_WIDTH("cannot be read ("),
    HUGE("");

    private final String says;

    Damage(String says) {
      this.says = says;
    }

    private byte[] of(byte[] whole, String format) {
      byte[] bytes = whole.clone();
      switch (this) {
        case NO_BYTES -> bytes = new byte[0];
        case A_TEXT -> bytes = "a text under another name".getBytes(StandardCharsets.US_ASCII);
        case OTHER_MAGIC -> bytes[0] ^= 0x55;
        case CUT_HEADER -> bytes = Arrays.copyOf(bytes, 20);
        case CUT_DATA -> bytes = Arrays.copyOf(bytes, bytes.length - 20);
        case NO_WIDTH -> width(bytes, format, 0);
        case HUGE -> width(bytes, format, 20_000);
      }
      return bytes;
    }

    /** Where each format has width and height, in its own order of bytes. */
    private static void width(byte[] bytes, String format, int size) {
      ByteBuffer header = ByteBuffer.wrap(bytes);
      switch (format) {
        case "png" -> header.putInt(16, size).putInt(20, size);
        case "bmp" -> header.order(ByteOrder.LITTLE_ENDIAN).putInt(18, size).putInt(22, size);
        case "gif" -> {
          int frame = find(bytes, 0x2c, 0, 0, 0, 0);
          header.order(ByteOrder.LITTLE_ENDIAN);
          header.putShort(frame + 5, (short) size).putShort(frame + 7, (short) size);
        }
        default -> {
          int frame = find(bytes, 0xff, 0xc0);
          header.putShort(frame + 5, (short) size).putShort(frame + 7, (short) size);
        }
      }
    }

    private static int find(byte[] in, int... what) {
      return IntStream.range(0, in.length - what.length)
          .filter(
              at -> IntStream.range(0, what.length).allMatch(i -> (in[at + i] & 255) == what[i]))
          .findFirst()
          .orElseThrow();
    }
  }

  static Stream<Arguments> damages() {
    return Stream.of("png", "jpeg", "gif", "bmp")
        .flatMap(
            format -> Arrays.stream(Damage.values()).map(damage -> Arguments.of(format, damage)));
  }

  /** Noise, which no format can pack much. */
  private static byte[] noise(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, random.nextInt(0x1000000));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = root.resolve("pets").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void aDamagedImageIsNamed(String format, Damage damage) throws Exception {
    byte[] whole = noise(format);
    for (int i = 0; i < 3; i++) {
      write("cat/" + i + "." + format, whole);
      write("dog/" + i + "." + format, whole);
    }
    read();
    write("dog/1." + format, damage.of(whole, format));
    String file = "dog/1." + format;
    String says =
        damage == Damage.HUGE
            // Java's reader of BMP compares with the length of the file, before memory is taken.
            ? file
                + (format.equals("bmp")
                    ? " cannot be read (Invalid width/height"
                    : " says that it is 20000 x 20000; at most 100,000,000 pixels are allowed")
            : file + " " + damage.says;
    assertRefused(this::read, says);
    // Where all are, all are named.
    write("dog/2." + format, damage.of(whole, format));
    assertRefused(this::read, says, says.replace("dog/1.", "dog/2."));
  }

  @Test
  void aPngWhoseChecksumDoesNotFitIsNamed() throws Exception {
    byte[] whole = noise("png");
    write("cat/0.png", whole);
    write("cat/1.png", whole);
    write("dog/0.png", whole);
    // The header's checksum, which Java's reader does not look at; then that of the pixels.
    byte[] bytes = whole.clone();
    bytes[29] ^= 1;
    write("dog/1.png", bytes);
    assertRefused(this::read, "dog/1.png cannot be read (the checksum of its chunk IHDR does not");
    bytes = whole.clone();
    bytes[bytes.length - 14] ^= 1;
    write("dog/1.png", bytes);
    assertRefused(this::read, "dog/1.png cannot be read (the checksum of its chunk IDAT does not");
    write("dog/1.png", Arrays.copyOf(whole, whole.length - 1));
    assertRefused(this::read, "dog/1.png cannot be read (it ends before its last chunk); replace");
  }

  @Test
  void foldersWithinAClassAreSaid() throws IOException {
    grey("cat/0.png", 1, 2, 3, 4);
    grey("dog/0.png", 1, 2, 3, 4);
    grey("dog/puppies/0.png", 1, 2, 3, 4);
    grey("dog/old/0.png", 1, 2, 3, 4);
    assertRefused(
        this::read,
        "dog/old is a folder within a class, whose images would be left out; move them into ",
        "dog/puppies is a folder within a class");
  }

  /**
   * A folder is told by its name's ending from a file by nobody; a link and a pipe are no images.
   */
  @Test
  void whatIsNeitherFileNorFolderIsSaid() throws Exception {
    grey("cat/0.png", 1, 2, 3, 4);
    grey("dog/0.png", 1, 2, 3, 4);
    Files.createDirectory(root.resolve("pets/dog/1.png"));
    Path link = root.resolve("pets/dog/2.png");
    Files.createSymbolicLink(link, root.resolve("nowhere.png"));
    assertRefused(
        this::read,
        "dog/1.png is a folder within a class",
        link + " is neither a file nor a folder (a link that leads nowhere, a pipe, a device); ");
  }

  /** The colour types of PNG are 0, 2, 3, 4 and 6 (ISO/IEC 15948, 11.2.2). */
  @Test
  void aColourTypeThatThereIsNotIsNamed() throws Exception {
    byte[] bytes = noise("png");
    write("cat/0.png", bytes);
    write("dog/0.png", bytes);
    bytes[25] = 5;
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, 17);
    ByteBuffer.wrap(bytes).putInt(29, (int) crc.getValue());
    write("dog/1.png", bytes);
    assertRefused(this::read, "dog/1.png cannot be read (");
  }

  /** By the header of the first alone: there are no such pixels behind it. */
  @Test
  void moreValuesThanFitAreRefusedByTheFirstHeader() throws Exception {
    grey("cat/0.png", 1, 2, 3, 4);
    Path file = root.resolve("pets/cat/0.png");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).putInt(16, 10_000).putInt(20, 10_000);
    Files.write(file, bytes);
    ClassFolders.requireRoom(Collections.nCopies(5, file));
    assertRefused(
        () -> ClassFolders.requireRoom(Collections.nCopies(6, file)),
        "data.folder: 6 images of 10000 x 10000 grey are 600,000,000 values; at most 500,000,000"
            + " are read: scale them down, or take fewer");
    for (int i = 0; i < 5; i++) {
      write("dog/" + i + ".png", new byte[1]);
    }
    assertRefused(this::read, "6 images of 10000 x 10000 grey");
  }

  private void read() throws DataException {
    String checksum = checksum();
    try (DataSets sets = new DataSets(root)) {
      sets.ensureAvailable(spec(checksum));
    }
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("data.folder: ")
        .hasMessageContainingAll(parts);
  }
}
