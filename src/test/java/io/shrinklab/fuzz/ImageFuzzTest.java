package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images that are right, nearly right and wrong. */
class ImageFuzzTest {
  @TempDir private Path folder;

  @Test
  void imagesAreReadOrRefusedByTheirFiles() throws Exception {
    Cases.run(getClass(), 40, this::one);
  }

  private void one(SplittableRandom random) throws IOException {
    DataCase data = new DataCase(folder);
    Path pets = data.path("pets");
    remove(pets);
    String format = Draw.of(List.of("png", "jpg", "gif", "bmp"), random);
    boolean grey = random.nextBoolean() && !format.equals("gif");
    for (String name : List.of("cat", "dog")) {
      Files.createDirectories(pets.resolve(name));
      for (int i = 0; i < 4; i++) {
        Files.write(pets.resolve(name).resolve(i + "." + format), image(format, grey, 5, random));
      }
    }
    String wrong = random.nextInt(5) == 0 ? "" : accident(pets, format, grey, random);
    ObjectNode spec =
        DataCase.spec("image-folder").put("folder", "pets").put("train", 4).put("validation", 2);
    Said said = data.plan(spec, pets.toString());
    if (wrong.isEmpty()) {
      assertThat(said.code()).as("right images, by %s", said).isZero();
    } else if (said.refused()) {
      assertThat(said.err()).as("%s", said).contains(wrong);
    }
  }

  private static byte[] image(String format, boolean grey, int width, SplittableRandom random)
      throws IOException {
    BufferedImage image =
        new BufferedImage(
            width, 4, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < 4; y++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  /** Does something to a file or folder, and gives the name that a refusal has to say. */
  private static String accident(Path pets, String format, boolean grey, SplittableRandom random)
      throws IOException {
    Path image =
        pets.resolve(random.nextBoolean() ? "cat" : "dog")
            .resolve(random.nextInt(4) + "." + format);
    Path own = image.getParent();
    byte[] whole = Files.readAllBytes(image);
    switch (random.nextInt(12)) {
      case 0 -> Files.write(image, new byte[0]);
      case 1 -> Files.write(image, image(format, grey, 6, random));
      case 2 -> Files.write(image, image(format, !grey, 5, random));
      case 3 -> {
        Files.delete(image);
        Files.createDirectory(image);
      }
      case 4 -> {
        Files.delete(image);
        Files.createSymbolicLink(image, Path.of("nowhere"));
      }
      case 5 -> {
        remove(own);
        return pets.toString();
      }
      case 6 -> {
        remove(own);
        Files.createDirectory(own);
        return own.toString();
      }
      case 7 -> {
        Path other = own.resolve("\u00e9 \ud83d\ude00 x.txt");
        Files.writeString(other, Draw.text(random).replace("\ud800", ""));
        return other.toString();
      }
      case 8 -> Files.write(own.resolve(".hidden"), Bytes.damaged(whole, random));
      default -> Files.write(image, Bytes.damaged(whole, random));
    }
    return image.toString();
  }

  private static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
