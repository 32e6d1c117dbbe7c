package io.shrinklab.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a part takes: a whole number counts rows, a number between 0 and 1 is a share of
 * the rows that there are to draw from. 1 is one row.
 *
 * @param value whole, or above 0 and below 1
 */
public record Rows(double value) {
  /** Refuses what is neither. */
  public Rows {
    if (!isShare(value) && (value < 0 || value != Math.rint(value) || value > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(value + " is neither a count nor a share of rows");
    }
  }

  /** So many rows. */
  public static Rows of(int count) {
    return new Rows(count);
  }

  /** Whether a number is read as a share. */
  public static boolean isShare(double value) {
    return value > 0 && value < 1;
  }

  /** Whether it is a share of the rows that there are, and not a count. */
  public boolean isShare() {
    return isShare(value);
  }

  /**
   * The number of rows. A share is rounded down, so that shares that add up to 1 always fit; it is
   * taken of the decimals as they were written, so that 0.29 of 100 is 29.
   *
   * @param rows that there are to draw from
   */
  public int in(long rows) {
    if (!isShare()) {
      return (int) value;
    }
    return new BigDecimal(Double.toString(value))
        .multiply(BigDecimal.valueOf(rows))
        .setScale(0, RoundingMode.FLOOR)
        .intValueExact();
  }

  /** As people would say it: {@code 600}, or {@code 0.2 (359 rows)}. */
  public String say(long rows) {
    return Numbers.plain(value) + (isShare() ? " (" + in(rows) + " rows)" : "");
  }

  /**
   * Reports what does not fit into a set whose size is known.
   *
   * @param train null for all that validation leaves
   * @param rows in the set
   * @param least rows that a part must have
   * @param spare rows that must be left over
   */
  static void check(
      Check.Reporter reporter,
      @Nullable Rows train,
      Rows validation,
      int rows,
      int least,
      int spare) {
    if (train != null && train.in(rows) < least) {
      reporter.problem("train", train.value, atLeast(least, train, rows));
    }
    if (validation.in(rows) < least) {
      reporter.problem("validation", validation.value, atLeast(least, validation, rows));
    }
    if (train != null && train.in(rows) + validation.in(rows) > rows - spare) {
      reporter.problem(
          "train",
          train.value,
          (spare == 0
                  ? "train + validation at most " + rows
                  : "train + validation below "
                      + rows
                      + " (the set's rows), so that test rows are left")
              + "; validation is "
              + validation.say(rows));
    }
  }

  private static String atLeast(int least, Rows size, int rows) {
    return "at least " + least + " of the set's " + rows + " rows; this is " + size.in(rows);
  }
}
