package io.shrinklab.data;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.function.IntToDoubleFunction;

/** How a column of numbers is brought to a common scale, by what its training rows are. */
enum Scaling {
  /** Left as it is. */
  NONE,
  /** 0 or 1, left as it is; 0 in all rows where no training row has a 1. */
  INDICATOR,
  /** Mean 0. */
  CENTRED,
  /**
   * Mean 0, standard deviation 1 (that of the training rows as a population). Where the training
   * rows have one value it is 0 in all rows: the weight of such a column is never trained.
   */
  STANDARD,
  /** Mean 0, Euclidean norm 1 over the training rows; undivided where these have one value. */
  UNIT_NORM;

  /**
   * Learns a column's scale, in double: numbers may be large against their differences, as points
   * in time are.
   *
   * @param column the value of a row; NaN where it is missing, which counts as the mean
   * @param train the rows to learn from
   */
  Scale fit(IntToDoubleFunction column, int[] train) {
    if (this == NONE) {
      return Scale.NONE;
    }
    DoubleSummaryStatistics seen = statistics(column, train, 1);
    double largest = Math.max(-seen.getMin(), seen.getMax());
    if (this == INDICATOR) {
      return largest == 0 ? new Scale(0, 0) : Scale.NONE;
    }
    if (seen.getCount() == 0 || seen.getMin() == seen.getMax()) {
      // The mean of equal numbers need not be one of them to the last bit.
      return new Scale(seen.getCount() == 0 ? 0 : seen.getMin(), this == STANDARD ? 0 : 1);
    }
    // In units of a power of two, which changes no bit: no sum overflows and no square vanishes.
    int exponent = Math.getExponent(largest);
    double unit = Math.scalb(1.0, -exponent);
    double mean = statistics(column, train, unit).getAverage();
    double squares = 0;
    for (int row : train) {
      double value = column.applyAsDouble(row);
      double deviation = Double.isNaN(value) ? 0 : value * unit - mean;
      squares += deviation * deviation;
    }
    double width =
        switch (this) {
          case NONE, INDICATOR, CENTRED -> unit;
          case STANDARD -> Math.sqrt(squares / train.length);
          case UNIT_NORM -> Math.sqrt(squares);
        };
    return new Scale(Math.scalb(mean, exponent), Math.scalb(width, exponent));
  }

  private static DoubleSummaryStatistics statistics(
      IntToDoubleFunction column, int[] train, double unit) {
    return Arrays.stream(train)
        .mapToDouble(column)
        .filter(value -> !Double.isNaN(value))
        .map(value -> value * unit)
        .summaryStatistics();
  }
}
