package io.shrinklab.data;

/** How a column of numbers is brought to a common scale, by what its training rows are. */
enum Scaling {
  /** Left as it is. */
  NONE,
  /** Mean 0. */
  CENTRED,
  /** Mean 0, standard deviation 1 (that of the training rows as a population). */
  STANDARD,
  /** Mean 0, Euclidean norm 1 over the training rows. */
  UNIT_NORM;

  /**
   * Scales a column in place.
   *
   * @param values of all rows
   * @param start where the column's first row is
   * @param step from one row to the next
   * @param rows how many there are
   * @param train the rows to learn from
   */
  void apply(float[] values, int start, int step, int rows, int[] train) {
    if (this == NONE) {
      return;
    }
    double sum = 0;
    for (int row : train) {
      sum += values[start + row * step];
    }
    double mean = sum / train.length;
    double squares = 0;
    for (int row : train) {
      double deviation = values[start + row * step] - mean;
      squares += deviation * deviation;
    }
    double width =
        switch (this) {
          case NONE, CENTRED -> 1;
          case STANDARD -> Math.sqrt(squares / train.length);
          case UNIT_NORM -> Math.sqrt(squares);
        };
    // A column that is constant in training says nothing: it stays at 0 there.
    double divisor = width > 0 ? width : 1;
    for (int row = 0; row < rows; row++) {
      int at = start + row * step;
      values[at] = (float) ((values[at] - mean) / divisor);
    }
  }
}
