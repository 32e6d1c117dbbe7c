package io.shrinklab.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Finds names that occur twice, ignoring case, without keeping the names: half a hash and an index
 * each, 17 MB for a million, and the names made again where half hashes meet.
 */
final class NameTable {
  private static final int FREE = -1;

  private final IntFunction<String> names;
  private final int[] hashes;
  private final int[] indices;

  /**
   * An empty table.
   *
   * @param size how many names will be added at most
   * @param names makes the name of an index
   */
  NameTable(int size, IntFunction<String> names) {
    this.names = names;
    int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, size)) * 4);
    hashes = new int[capacity];
    indices = new int[capacity];
    Arrays.fill(indices, FREE);
  }

  /** Adds the name of an index; gives the earlier index with the same name, or -1. */
  int add(int index) {
    String name = names.apply(index);
    long whole = hash(name);
    // The slot is of the one half, so that names which meet there seldom have the other alike.
    int hash = (int) (whole >>> 32);
    int mask = indices.length - 1;
    int slot = (int) whole & mask;
    while (indices[slot] != FREE) {
      if (hashes[slot] == hash && names.apply(indices[slot]).equalsIgnoreCase(name)) {
        return indices[slot];
      }
      slot = (slot + 1) & mask;
    }
    hashes[slot] = hash;
    indices[slot] = index;
    return FREE;
  }

  /** FNV-1a, 64 bits, finished so that low bits spread. */
  private static long hash(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < folded.length(); i++) {
      hash = (hash ^ folded.charAt(i)) * 0x100000001b3L;
    }
    return hash ^ (hash >>> 29);
  }
}
