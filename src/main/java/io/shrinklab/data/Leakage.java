package io.shrinklab.data;

import io.shrinklab.outcome.EqualRows;
import io.shrinklab.spec.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Set;

/** Looks for rows that leak from one part into another. */
final class Leakage {
  private Leakage() {}

  /** Compares rows by 128 bits of their SHA-256, as they were read. */
  static EqualRows of(Features features, int[] train, int[] validation, int[] test) {
    MessageDigest digest = Sha256.digest();
    Set<RowHash> known = new HashSet<>();
    for (int row : train) {
      known.add(RowHash.of(features, row, digest));
    }
    return new EqualRows(
        count(features, validation, known, digest), count(features, test, known, digest));
  }

  private static int count(
      Features features, int[] rows, Set<RowHash> known, MessageDigest digest) {
    int found = 0;
    for (int row : rows) {
      found += known.contains(RowHash.of(features, row, digest)) ? 1 : 0;
    }
    return found;
  }

  private record RowHash(long high, long low) {
    static RowHash of(Features features, int row, MessageDigest digest) {
      features.digestRow(row, digest);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new RowHash(hash.getLong(), hash.getLong());
    }
  }
}
