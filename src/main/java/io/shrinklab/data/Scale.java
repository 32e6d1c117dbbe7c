package io.shrinklab.data;

/**
 * What a column's training rows say of its scale: a value x becomes (x - mean) / divisor.
 *
 * @param mean of the training rows that have a value, which stands in for one that is missing; 0
 *     where the column is not centred
 * @param divisor what the centred column is divided by; 1 where it is not scaled, 0 where the
 *     training rows say nothing of the column, which then is 0 in all rows
 */
public record Scale(double mean, double divisor) {
  /** Leaves values as they are. */
  public static final Scale NONE = new Scale(0, 1);

  /**
   * A value on this scale.
   *
   * @param value as read; NaN where it is missing
   */
  public float of(double value) {
    if (divisor == 0 || Double.isNaN(value)) {
      return 0;
    }
    double deviation = value - mean;
    // Of the largest numbers of opposite sign the difference alone overflows.
    return (float)
        (Double.isInfinite(deviation) ? value / divisor - mean / divisor : deviation / divisor);
  }
}
