package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MNIST's files of its true sizes, all black, gzipped: each in turn right, nearly right or wrong.
 */
class IdxFuzzTest {
  private static final int MAGIC_LABELS = 2049;
  private static final int MAGIC_IMAGES = 2051;
  private static final int SIDE = 28;

  @TempDir private Path folder;

  /** What follows each file's header, gzipped; a header is a member of its own before it. */
  private final Map<String, byte[]> bodies = new LinkedHashMap<>();

  private final Map<String, List<Integer>> headers = new LinkedHashMap<>();

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(new DataCase(folder).path("mnist"));
    for (String part : List.of("train", "t10k")) {
      int rows = part.equals("train") ? 60_000 : 10_000;
      String images = part + "-images-idx3-ubyte.gz";
      headers.put(images, List.of(MAGIC_IMAGES, rows, SIDE, SIDE));
      bodies.put(images, gzip(new byte[SIDE * SIDE], rows));
      String labels = part + "-labels-idx1-ubyte.gz";
      headers.put(labels, List.of(MAGIC_LABELS, rows));
      bodies.put(labels, gzip(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, rows / 10));
    }
    for (String name : headers.keySet()) {
      Files.write(path(name), whole(headers.get(name), bodies.get(name)));
    }
  }

  private Path path(String name) {
    return new DataCase(folder).path("mnist").resolve(name);
  }

  private static byte[] gzip(byte[] piece, int times) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out, 1 << 16)) {
      for (int i = 0; i < times; i++) {
        zip.write(piece);
      }
    }
    return out.toByteArray();
  }

  /** RFC 1952, 2.2: a file is a series of members. */
  private static byte[] whole(List<Integer> header, byte[] body) throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(Integer.BYTES * header.size());
    header.forEach(numbers::putInt);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(gzip(numbers.array(), 1));
    out.writeBytes(body);
    return out.toByteArray();
  }

  @Test
  void filesAreReadOrRefusedByTheirNames() throws Exception {
    Cases.run(getClass(), 2, this::one);
  }

  private void one(SplittableRandom random) throws IOException {
    String name = Draw.of(List.copyOf(headers.keySet()), random);
    Path file = path(name);
    boolean plain = random.nextInt(8) == 0;
    List<Integer> header = headers.get(name);
    byte[] bytes = whole(header, bodies.get(name));
    if (!plain) {
      int at = random.nextInt(header.size());
      List<Integer> other = new ArrayList<>(header);
      other.set(at, Draw.of(List.of(0, -1, 1, Integer.MAX_VALUE, MAGIC_LABELS, 59_999), random));
      bytes =
          switch (random.nextInt(6)) {
            case 0, 1 -> whole(other, bodies.get(name));
            case 2 -> whole(header, gzip(new byte[1000], random.nextInt(100)));
            case 3 -> whole(header, gzip(new byte[] {(byte) random.nextInt(256)}, 60_000));
            default -> Bytes.damaged(bytes, random);
          };
    }
    try {
      Files.write(file, bytes);
      ObjectNode spec = DataCase.spec("mnist").put("train", 100).put("validation", 50);
      Said said = new DataCase(folder).plan(spec, "mnist");
      if (plain) {
        assertThat(said.code()).as("right files, by %s", said).isZero();
      } else if (said.refused()) {
        assertThat(said.err()).as("%s", said).contains(file.toString());
      }
    } finally {
      Files.write(file, whole(header, bodies.get(name)));
    }
  }
}
