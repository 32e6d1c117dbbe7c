package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** All parameters of a network at one moment, running statistics included. */
final class Snapshot {
  /** The first moment that a zip archive can name. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

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
    try {
      MessageDigest digest = Sha256.digest();
      NDList arrays = new NDList();
      for (NamedParameter named : parameters) {
        NDArray array = named.parameter().getArray();
        String header = named.name() + array.getShape() + array.getDataType() + "\n";
        digest.update(header.getBytes(StandardCharsets.UTF_8));
        digest.update(array.toByteBuffer(true));
        array.setName(named.name());
        arrays.add(array);
      }
      ByteArrayOutputStream npz = new ByteArrayOutputStream();
      arrays.encode(npz, NDList.Encoding.NPZ);
      return new WeightsFile(timeless(npz.toByteArray()), Sha256.hex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The archive without the time it was made at: equal weights then are equal files. */
  private static byte[] timeless(byte[] archive) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(archive.length);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(EPOCH);
        out.putNextEntry(copy);
        in.transferTo(out);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
