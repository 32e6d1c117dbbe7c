package io.shrinklab.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message of protocol buffers in the making, as its wire format has it
 * (https://protobuf.dev/programming-guides/encoding): fields in the order in which they are put.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** An {@code int32}, {@code int64}, {@code bool} or {@code enum}. */
  ProtoMessage put(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  /** A {@code double}. */
  ProtoMessage put(int field, double value) {
    tag(field, EIGHT_BYTES);
    out.writeBytes(little(Double.BYTES).putDouble(value).array());
    return this;
  }

  /** A {@code float}. */
  ProtoMessage put(int field, float value) {
    tag(field, FOUR_BYTES);
    out.writeBytes(little(Float.BYTES).putFloat(value).array());
    return this;
  }

  /** A {@code string}. */
  ProtoMessage put(int field, String value) {
    return put(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message in the message. */
  ProtoMessage put(int field, ProtoMessage value) {
    return put(field, value.bytes());
  }

  /** {@code bytes}. */
  ProtoMessage put(int field, byte[] value) {
    tag(field, LENGTH);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  /** A packed {@code repeated double}. */
  ProtoMessage put(int field, List<Double> values) {
    byte[] packed = new byte[values.size() * Double.BYTES];
    values.forEach(ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN)::putDouble);
    return put(field, packed);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  /** Seven bits a byte, the lowest first; all but the last have the eighth. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
