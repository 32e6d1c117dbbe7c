package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy's archives that are right, nearly right and wrong: arrays, their headers, the archive. */
class NpzFuzzTest {
  @TempDir private Path folder;

  /** An array as its file says that it is, which need not be so. */
  private static final class Array {
    String type = "|u1";
    String order = "False";
    String shape;
    byte[] values;
    int version = 1;
    int headerLie;

    Array(String shape, byte[] values) {
      this.shape = shape;
      this.values = values;
    }

    /** numpy.lib.format: magic, version, length of the header, header, values. */
    byte[] bytes() {
      String header =
          "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n".formatted(type, order, shape);
      int length = header.length() + headerLie;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
      out.write(length & 0xff);
      out.write(length >> 8 & 0xff);
      if (version > 1) {
        out.write(0);
        out.write(0);
      }
      out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
      out.writeBytes(values);
      return out.toByteArray();
    }
  }

  @Test
  void anArchiveIsReadOrRefusedByItsFileAndArray() throws Exception {
    Files.createDirectories(new DataCase(folder).path(""));
    Cases.run(getClass(), 60, this::one);
  }

  private void one(SplittableRandom random) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (String part : List.of("train", "val", "test")) {
      int rows = part.equals("train") ? 8 : 4;
      byte[] pixels = new byte[rows * 12];
      random.nextBytes(pixels);
      byte[] labels = new byte[rows];
      for (int row = 0; row < rows; row++) {
        labels[row] = (byte) (row % 3);
      }
      arrays.put(part + "_images", new Array(rows + ", 3, 4", pixels));
      arrays.put(part + "_labels", new Array(rows + ", 1", labels));
    }
    boolean plain = random.nextInt(5) == 0;
    byte[] bytes = plain ? zip(arrays, random) : wrong(arrays, random);
    DataCase data = new DataCase(folder);
    Files.write(data.path("t.npz"), bytes);
    ObjectNode spec = DataCase.spec("npz").put("file", "t.npz");
    if (random.nextInt(4) == 0) {
      spec.put("train", random.nextInt(12)).put("validation", random.nextInt(6));
    }
    Said said = data.plan(spec, data.path("t.npz").toString());
    if (plain && !spec.has("train")) {
      assertThat(said.code()).as("a right archive, by %s", said).isZero();
      assertThat(said.out()).contains("Rows: training 8, validation 4, test 4");
    }
  }

  private static byte[] wrong(Map<String, Array> arrays, SplittableRandom random)
      throws IOException {
    for (int times = 1 + random.nextInt(2); times > 0; times--) {
      Array array = Draw.of(List.copyOf(arrays.values()), random);
      switch (random.nextInt(11)) {
        case 0 ->
            array.type = Draw.of(List.of("<f8", "|b1", "<u8", "<i4", ">u2", "|S1", ""), random);
        case 1 -> array.order = "True";
        case 2 ->
            array.shape =
                Draw.of(
                    List.of(
                        "",
                        "8",
                        "8, 3",
                        "8, 12, 1, 1, 1",
                        "0, 3, 4",
                        "8, 0, 4",
                        "-8, 3, 4",
                        "8, 3, 5",
                        "65536, 65536, 65536, 65536",
                        "2147483647, 1, 1",
                        "4, 3, 4",
                        "99999999999, 3, 4",
                        "8L, 3, 4",
                        "x"),
                    random);
        case 3 -> array.values = Bytes.damaged(array.values, random);
        case 4 -> random.nextBytes(array.values);
        case 5 -> array.version = random.nextInt(5);
        case 6 -> array.headerLie = random.nextInt(40) - 20;
        case 7 -> arrays.remove(Draw.of(List.copyOf(arrays.keySet()), random));
        case 8 -> arrays.put(Draw.text(random).replace("\ud800", ""), array);
        case 9 -> array.values = new byte[random.nextInt(1 << 20)];
        default -> array.type = "<i2";
      }
      if (arrays.isEmpty()) {
        break;
      }
    }
    byte[] bytes = zip(arrays, random);
    return random.nextInt(2) == 0 ? Bytes.damaged(bytes, random) : bytes;
  }

  private static byte[] zip(Map<String, Array> arrays, SplittableRandom random) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean stored = random.nextBoolean();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, Array> array : arrays.entrySet()) {
        byte[] bytes = array.getValue().bytes();
        // The library's own names are no longer than this.
        String name = array.getKey();
        ZipEntry entry = new ZipEntry(name.substring(0, Math.min(100, name.length())) + ".npy");
        if (stored) {
          CRC32 crc = new CRC32();
          crc.update(bytes);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(bytes.length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }
}
