package io.shrinklab.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads event files back, by the formats' descriptions and with nothing of what writes them. */
final class EventReader {
  private EventReader() {}

  /**
   * A message's fields by their numbers: a {@code Long} for a varint, a {@code Double}, a {@code
   * Float}, or bytes.
   */
  record Message(Map<Integer, List<Object>> fields) {
    static Message of(byte[] bytes) {
      Map<Integer, List<Object>> fields = new TreeMap<>();
      ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        long tag = varint(in);
        Object value =
            switch ((int) tag & 7) {
              case 0 -> varint(in);
              case 1 -> in.getDouble();
              case 5 -> in.getFloat();
              case 2 -> {
                byte[] inside = new byte[(int) varint(in)];
                in.get(inside);
                yield inside;
              }
              default -> throw new AssertionError("wire type of " + tag);
            };
        fields.computeIfAbsent((int) (tag >>> 3), number -> new ArrayList<>()).add(value);
      }
      return new Message(fields);
    }

    private static long varint(ByteBuffer in) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = in.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    boolean has(int field) {
      return fields.containsKey(field);
    }

    Object get(int field) {
      return fields.get(field).get(0);
    }

    String text(int field) {
      return new String((byte[]) get(field), StandardCharsets.UTF_8);
    }

    Message message(int field) {
      return of((byte[]) get(field));
    }

    List<Message> messages(int field) {
      return fields.getOrDefault(field, List.of()).stream()
          .map(inside -> of((byte[]) inside))
          .toList();
    }

    List<Double> doubles(int field) {
      ByteBuffer packed = ByteBuffer.wrap((byte[]) get(field)).order(ByteOrder.LITTLE_ENDIAN);
      List<Double> values = new ArrayList<>();
      while (packed.hasRemaining()) {
        values.add(packed.getDouble());
      }
      return values;
    }
  }

  /** The events of a file, whose checksums are proved. */
  static List<Message> events(byte[] file) {
    List<Message> events = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(data);
      assertThat(in.getInt()).isEqualTo(masked(data));
      events.add(Message.of(data));
    }
    return events;
  }

  /** CRC-32C bit by bit, with Castagnoli's polynomial reversed, and TensorFlow's mask. */
  static int masked(byte[] bytes) {
    int crc = -1;
    for (byte next : bytes) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }
}
