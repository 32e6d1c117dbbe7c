package io.shrinklab.spec;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people write them, whatever the locale. */
public final class Numbers {
  private Numbers() {}

  /** The shortest plain form: {@code 2}, {@code 0.5}, {@code 0.00001}. */
  public static String plain(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    return decimal.signum() == 0 ? "0" : decimal.toPlainString();
  }

  /** A share as people tell it from others: three digits, six where it is next to 1. */
  public static String share(double value) {
    return plain(new BigDecimal(value).round(new MathContext(value > 0.99 ? 6 : 3)).doubleValue());
  }

  /**
   * Scientific with two exponent digits, as in names: {@code 1e-05}, {@code 2.5e-03}; 0 is {@code
   * 0}.
   */
  public static String scientific(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.signum() == 0) {
      return "0";
    }
    int exponent = decimal.precision() - decimal.scale() - 1;
    String mantissa = decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    return mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
