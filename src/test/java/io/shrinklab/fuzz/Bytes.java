package io.shrinklab.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Damage of any file, whatever it means. */
final class Bytes {
  private Bytes() {}

  /** The bytes, with one to three accidents. */
  static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      bytes = accident(bytes, random);
    }
    return bytes;
  }

  private static byte[] accident(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(16));
    byte[] none = {};
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> spliced(bytes, at, end, none);
      case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 3 -> spliced(bytes, at, end, new byte[end - at]);
      case 4 -> spliced(bytes, at, at, some(random));
      case 5 -> random.nextInt(20) == 0 ? none : spliced(bytes, at, end, some(random));
      default -> {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
          flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }

  private static byte[] some(SplittableRandom random) {
    byte[] some = new byte[1 + random.nextInt(8)];
    random.nextBytes(some);
    return some;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(piece);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
