package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.Main;
import io.shrinklab.spec.Sha256;
import io.shrinklab.testing.JavaProcess;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same data have the same name in every country. */
class ForeignLocaleTest {
  @TempDir private Path folder;

  /**
   * In a process whose names of files are ASCII, whose small I has a dot, and whose clock is 5:45
   * ahead: a folder's name is over its files' names as bytes, in their order.
   */
  @Test
  void aFolderHasTheSameChecksumUnderEveryLocale() throws Exception {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
        "the tests' own locale cannot spell é: no file of that name is tried");
    StringBuilder lines = new StringBuilder();
    // In the order of bytes: I, Z, i, ü; é is 0xc3 0xa9.
    for (String name : List.of("I", "Z", "i", "é", "ü")) {
      Path file = folder.resolve("pets").resolve("é").resolve(name + ".png");
      lines.append("é/").append(name).append(".png ").append(image(file, lines.length()));
      lines.append('\n');
    }
    lines.append("ı/x.png ").append(image(folder.resolve("pets/ı/x.png"), 1)).append('\n');
    lines.append("ı/y.png ").append(image(folder.resolve("pets/ı/y.png"), 2)).append('\n');
    Files.writeString(
        Files.createDirectory(folder.resolve("experiments")).resolve("q.json"),
        """
        {"data": {"kind": "image-folder", "folder": "pets", "train": 2, "validation": 2},
         "network": {"kind": "linear"}, "optimizer": {"kind": "sgd", "learningRate": 0.1},
         "training": {"epochs": 1}, "seeds": 1,
         "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
        """);
    List<String> said =
        JavaProcess.run(
            folder,
            List.of(
                "env",
                "LC_ALL=C",
                "TZ=Asia/Kathmandu",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-cp",
                JavaProcess.classPath(),
                Main.class.getName(),
                "plan",
                "q",
                "--json"));
    assertThat(said).last().as("%s", said).isEqualTo("exit code 0");
    assertThat(new ObjectMapper().readTree(said.get(0)).at("/spec/variant/data/checksum").asText())
        .isEqualTo("sha256:" + Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String image(Path file, int grey) throws Exception {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, grey);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
    return Sha256.of(bytes.toByteArray());
  }
}
