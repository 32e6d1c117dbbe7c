package io.shrinklab.export;

import io.shrinklab.outcome.LayerMetrics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An event file as TensorBoard reads it: records of TensorFlow's format (length, its checksum, an
 * Event, its checksum), the first of which says the format's version and who wrote it. Numbers of
 * fields are those of event.proto, summary.proto and tensor.proto.
 */
final class EventFile {
  /** Who wrote it, in its first record. */
  static final String WRITER = "shrinklab";

  private static final String VERSION = "brain.Event:2";
  private static final int MASK = 0xa282ead8;

  // DataClass of summary.proto, DataType of types.proto.
  private static final int DATA_CLASS_TENSOR = 2;
  private static final int DT_FLOAT = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Begins one. */
  EventFile(Instant at) {
    record(event(at, 0).put(3, VERSION).put(10, new ProtoMessage().put(1, WRITER)));
  }

  /**
   * What is known at a step, several values by their tags.
   *
   * @param values from {@link #scalar}, {@link #histogram} or {@link #plugin}
   */
  void add(Instant at, int step, List<ProtoMessage> values) {
    ProtoMessage summary = new ProtoMessage();
    values.forEach(value -> summary.put(1, value));
    record(event(at, step).put(5, summary));
  }

  /** A number; TensorBoard keeps its leading seven digits. */
  static ProtoMessage scalar(String tag, double value) {
    return new ProtoMessage().put(1, tag).put(2, (float) value);
  }

  /** The counts of a layer's weights. Moments of them are not known, and left out. */
  static ProtoMessage histogram(String tag, LayerMetrics layer) {
    int bins = layer.histogram().size();
    double limit = layer.histogramLimit();
    List<Double> upper = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      upper.add(limit * (2.0 * (bin + 1) / bins - 1));
      counts.add((double) layer.histogram().get(bin));
    }
    return new ProtoMessage()
        .put(1, tag)
        .put(
            5,
            new ProtoMessage()
                .put(1, -limit)
                .put(2, limit)
                .put(3, (double) layer.weights())
                .put(6, upper)
                .put(7, counts));
  }

  /** What a plugin of TensorBoard reads; its tensor holds nothing, but has to be there. */
  static ProtoMessage plugin(String tag, String plugin, ProtoMessage content) {
    ProtoMessage shape = new ProtoMessage().put(2, new ProtoMessage().put(1, 1L));
    return new ProtoMessage()
        .put(1, tag)
        .put(8, new ProtoMessage().put(1, DT_FLOAT).put(2, shape).put(5, 0f))
        .put(
            9,
            new ProtoMessage()
                .put(1, new ProtoMessage().put(1, plugin).put(2, content))
                .put(4, DATA_CLASS_TENSOR));
  }

  /** The whole file. */
  byte[] bytes() {
    return out.toByteArray();
  }

  private static ProtoMessage event(Instant at, int step) {
    return new ProtoMessage().put(1, at.toEpochMilli() / 1000.0).put(2, step);
  }

  private void record(ProtoMessage event) {
    byte[] data = event.bytes();
    byte[] length = little(Long.BYTES).putLong(data.length).array();
    out.writeBytes(length);
    out.writeBytes(little(Integer.BYTES).putInt(checksum(length)).array());
    out.writeBytes(data);
    out.writeBytes(little(Integer.BYTES).putInt(checksum(data)).array());
  }

  /** CRC-32C, turned and shifted, so that a checksum of checksums is none of zeros. */
  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
