package io.shrinklab.network;

import java.util.ArrayList;
import java.util.List;

/**
 * One thing that happens to rows of numbers, each of one unit of one network. What a stage gives
 * back is its own array or the one that it was given, changed.
 */
abstract class RowStage {
  /**
   * A portion of the rows of all units.
   *
   * @param number of the portion, counted from 0: with equal shapes the same rows
   * @param first row of the portion: network times width plus unit
   * @param count how many rows
   * @param length numbers in a row: rows of data
   */
  record Rows(int number, int first, int count, int length) {
    int size() {
      return count * length;
    }
  }

  private final List<float[]> kept = new ArrayList<>();

  /**
   * Called before each {@link #forward}.
   *
   * @param step of the run, counted from 0
   * @param width units of a network
   * @param length numbers in a row
   */
  void begin(long step, int width, int length) {}

  /** Training mode; keeps what {@link #backward} needs. */
  abstract float[] forward(float[] values, Rows rows);

  /** From the gradient by what {@link #forward} gave back to that by what it was given. */
  abstract float[] backward(float[] gradient, Rows rows);

  /** Evaluation mode. */
  abstract float[] evaluate(float[] values, Rows rows);

  /** An array for a portion, the same one in every pass. */
  final float[] kept(Rows rows) {
    while (kept.size() <= rows.number()) {
      kept.add(new float[rows.size()]);
    }
    if (kept.get(rows.number()).length < rows.size()) {
      kept.set(rows.number(), new float[rows.size()]);
    }
    return kept.get(rows.number());
  }

  /**
   * The sum of a row. Eight sums side by side, so that none waits for the one before: the same
   * order whatever else is computed with it.
   */
  static float sum(float[] values, int from, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int end = from + length;
    int i = from;
    for (; i + 8 <= end; i += 8) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
      e += values[i + 4];
      f += values[i + 5];
      g += values[i + 6];
      h += values[i + 7];
    }
    for (; i < end; i++) {
      a += values[i];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + h));
  }
}
