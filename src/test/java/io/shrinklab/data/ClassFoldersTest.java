package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

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
