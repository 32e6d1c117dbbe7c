package io.shrinklab.experiment;

import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.Variant;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All variants of an experiment, each made when it is asked for, so that a grid of millions takes
 * no memory. Settings are outermost, then the entries in the file's order, then their grids with
 * the last axis fastest.
 */
final class VariantList extends AbstractList<Variant> implements RandomAccess {
  private final List<VariantEntry> entries;
  private final List<Axis> shared;

  /** Where each entry begins within a setting; one more for the end. */
  private final int[] starts;

  private final int settings;

  /** Of entries whose total was checked to be a sane number. */
  VariantList(List<VariantEntry> entries, List<Axis> shared) {
    this.entries = List.copyOf(entries);
    this.shared = List.copyOf(shared);
    starts = new int[entries.size() + 1];
    for (int i = 0; i < entries.size(); i++) {
      starts[i + 1] = starts[i] + entries.get(i).size();
    }
    settings = (int) Combinations.count(shared);
  }

  @Override
  public int size() {
    return perSetting() * settings;
  }

  /** Variants within one setting. */
  int perSetting() {
    return starts[entries.size()];
  }

  @Override
  public Variant get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("variant " + index + " of " + size());
    }
    int within = index % perSetting();
    int number = entryOf(within);
    VariantEntry entry = entries.get(number);
    int position = within - starts[number];
    int setting = index / perSetting();
    return entry.variant(entry.name(position), setting(setting), setting, position);
  }

  /** A variant's name, without making the variant. */
  String nameAt(int index) {
    return Variant.name(entryNameAt(index % perSetting()), setting(index / perSetting()));
  }

  /** The name without a setting, by position within the setting. */
  String entryNameAt(int within) {
    int entry = entryOf(within);
    return entries.get(entry).name(within - starts[entry]);
  }

  /** The element of the file that makes a variant. */
  Place placeAt(int index) {
    return entries.get(entryOf(index % perSetting())).place();
  }

  /** The penalty by position within the first setting. */
  PenaltySpec penaltyAt(int within) {
    int entry = entryOf(within);
    return entries.get(entry).penalty(within - starts[entry]);
  }

  /** All names without setting, in order. */
  Stream<String> entryNames() {
    return IntStream.range(0, perSetting()).mapToObj(this::entryNameAt);
  }

  private int entryOf(int within) {
    int low = 0;
    int high = entries.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= within) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private String setting(int index) {
    if (shared.isEmpty()) {
      return "";
    }
    int[] digits = new int[shared.size()];
    Combinations.decode(index, shared, digits, 0);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < digits.length; i++) {
      name.append(i == 0 ? "" : "-").append(shared.get(i).part(digits[i]));
    }
    return name.toString();
  }
}
