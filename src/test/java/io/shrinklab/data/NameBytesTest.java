package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameBytesTest {
  @TempDir private Path root;

  /** No alphabet of any country: capitals before small letters, a space before all. */
  @Test
  void namesAreOrderedByTheirBytes() {
    assertThat(
            NameBytes.sorted(Stream.of("b", "a b", "Z", "a%20", "a", "a-b").map(root::resolve))
                .stream()
                .map(NameBytes::text))
        .containsExactly("Z", "a", "a b", "a%20", "a-b", "b");
  }

  /** A line per file, as sha256sum writes them but for the order of its two columns. */
  @Test
  void aFoldersChecksumIsThatOfItsLines() throws Exception {
    byte[] one = "one".getBytes(StandardCharsets.US_ASCII);
    byte[] two = "two".getBytes(StandardCharsets.US_ASCII);
    Files.write(Files.createDirectories(root.resolve("pets/dog")).resolve("B.png"), two);
    Files.write(root.resolve("pets/dog/a.png"), one);
    Files.write(Files.createDirectories(root.resolve("pets/Cat")).resolve("x y.png"), one);
    Files.write(root.resolve("pets/Cat/.hidden"), two);
    String lines =
        "Cat/x y.png %s\ndog/B.png %s\ndog/a.png %s\n"
            .formatted(Sha256.of(one), Sha256.of(two), Sha256.of(one));
    DataSpec spec =
        new DataSpec.ImageFolder("pets", "", Rows.of(1), Rows.of(1), DataSpec.Split.PER_SEED, 0);
    try (DataSets sets = new DataSets(root, root.resolve("cache"))) {
      assertThat(sets.named(spec).orElseThrow().checksum())
          .isEqualTo("sha256:" + Sha256.of(lines.getBytes(StandardCharsets.US_ASCII)));
    }
  }
}
