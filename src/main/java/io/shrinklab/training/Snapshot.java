package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.Sha256;
import io.shrinklab.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** All parameters of a network at one moment, running statistics included. */
final class Snapshot {
  /**
   * A time that every zone writes alike: for the first moment that an archive can name, Java adds
   * the moment in universal time.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** How a file in NumPy's format begins, with its version. */
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private final List<byte[]> values;

  private Snapshot(List<byte[]> values) {
    this.values = values;
  }

  /** Copies the parameters. */
  static Snapshot of(List<NamedParameter> parameters) {
    List<byte[]> values = new ArrayList<>();
    for (NamedParameter named : parameters) {
      ByteBuffer memory = named.parameter().getArray().toByteBuffer(true);
      byte[] copy = new byte[memory.remaining()];
      memory.get(copy);
      values.add(copy);
    }
    return new Snapshot(values);
  }

  /** Puts the copies back. */
  void restore(List<NamedParameter> parameters) {
    for (int i = 0; i < values.size(); i++) {
      parameters.get(i).parameter().getArray().toByteBuffer(true).put(values.get(i));
    }
  }

  /** The parameters as an NPZ archive, and a hash of their names, shapes and bits. */
  static WeightsFile file(List<NamedParameter> parameters) {
    MessageDigest digest = Sha256.digest();
    ByteArrayOutputStream npz = new ByteArrayOutputStream();
    try (ZipOutputStream archive = new ZipOutputStream(npz)) {
      // Bits of weights hardly compress, and trying takes longer than an epoch.
      archive.setMethod(ZipOutputStream.STORED);
      for (NamedParameter named : parameters) {
        NDArray array = named.parameter().getArray();
        String header = named.name() + array.getShape() + array.getDataType() + "\n";
        digest.update(header.getBytes(StandardCharsets.UTF_8));
        digest.update(array.toByteBuffer(true));
        store(archive, named.name() + ".npy", npy(array));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new WeightsFile(npz.toByteArray(), Sha256.hex(digest));
  }

  /** An entry that bears no time of day and no time zone: equal weights are equal files. */
  private static void store(ZipOutputStream archive, String name, byte[] content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    archive.putNextEntry(entry);
    archive.write(content);
    archive.closeEntry();
  }

  /** An array in NumPy's format, version 1.0 (NEP 1). */
  private static byte[] npy(NDArray array) {
    String shape =
        LongStream.of(array.getShape().getShape())
            .mapToObj(length -> length + ",")
            .collect(Collectors.joining(" "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
    // Magic, version, length and header together are a multiple of 64, the last byte a line's end.
    int length = (MAGIC.length + 2 + header.length() + 1 + 63) / 64 * 64;
    ByteBuffer content =
        ByteBuffer.allocate(Math.toIntExact(length + array.size() * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    content.put(MAGIC).putShort((short) (length - MAGIC.length - 2));
    content.put(header.getBytes(StandardCharsets.US_ASCII));
    while (content.position() < length - 1) {
      content.put((byte) ' ');
    }
    content.put((byte) '\n');
    content.asFloatBuffer().put(Tensor.of(array).memory());
    return content.array();
  }
}
