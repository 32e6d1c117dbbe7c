package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
  @TempDir private Path root;
  private final AtomicInteger readings = new AtomicInteger();
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(root.resolve("t.csv"), "a,b\n1,2\n");
  }

  /** As it would be at another time of day. */
  private String ask(Duration later) throws Exception {
    Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    return new ContentCache(root.resolve("cache"), clock)
        .get(
            "sha256",
            List.of(file),
            () -> readings.incrementAndGet() + " " + Files.readString(file).strip().length());
  }

  private String askLater() throws Exception {
    return ask(Duration.ofMinutes(1));
  }

  @Test
  void aFileIsReadOnceWhileItStaysAsItIs() throws Exception {
    assertThat(askLater()).isEqualTo("1 7");
    assertThat(askLater()).isEqualTo("1 7");
  }

  @Test
  void anotherSizeOrTimeIsReadAgain() throws Exception {
    askLater();
    Files.writeString(file, "a,b\n1,23\n");
    assertThat(askLater()).isEqualTo("2 8");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    assertThat(askLater()).isEqualTo("3 8");
  }

  @Test
  void whatWasJustWrittenIsNotKept() throws Exception {
    assertThat(ask(Duration.ZERO)).isEqualTo("1 7");
    assertThat(ask(Duration.ZERO)).isEqualTo("2 7");
    assertThat(root.resolve("cache")).doesNotExist();
  }

  @Test
  void aDamagedEntryIsMadeAgain() throws Exception {
    askLater();
    try (Stream<Path> entries = Files.list(root.resolve("cache"))) {
      Path entry = entries.findFirst().orElseThrow();
      Files.writeString(entry, Files.readString(entry).replace("1 7", "1 8"));
    }
    assertThat(askLater()).isEqualTo("2 7");
    assertThat(askLater()).isEqualTo("2 7");
  }

  @Test
  void aFolderThatCannotBeMadeCostsTimeOnly() throws Exception {
    Files.writeString(root.resolve("cache"), "a file");
    assertThat(askLater()).isEqualTo("1 7");
    assertThat(askLater()).isEqualTo("2 7");
  }
}
