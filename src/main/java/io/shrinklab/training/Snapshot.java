package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.Sha256;
import io.shrinklab.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** All parameters of a network at one moment, running statistics included. */
final class Snapshot {
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
    Npz npz = new Npz();
    for (NamedParameter named : parameters) {
      NDArray array = named.parameter().getArray();
      String header = named.name() + array.getShape() + array.getDataType() + "\n";
      digest.update(header.getBytes(StandardCharsets.UTF_8));
      digest.update(array.toByteBuffer(true));
      npz.floats(named.name(), Tensor.of(array).memory(), array.getShape().getShape());
    }
    return new WeightsFile(npz.done(), Sha256.hex(digest));
  }
}
