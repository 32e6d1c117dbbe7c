package io.shrinklab.wording;

import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.PairedDifference;
import io.shrinklab.analysis.Rule;
import io.shrinklab.spec.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Numbers and names inside sentences, whatever the locale. */
public final class Formats {
  /** What intervals are called: {@code 95 % interval}. */
  public static final String INTERVAL = percent(1 - Rule.LEVEL) + " interval";

  /** What the intervals of differences are called, which all hold together. */
  public static final String SIMULTANEOUS = "simultaneous " + INTERVAL;

  /** Names listed before "and N more". */
  private static final int NAMED = 5;

  private static final MathContext DIGITS = new MathContext(3);

  /** Below it a number is read more easily with its exponent. */
  private static final double SMALL = 1e-3;

  private static final double LARGE = 1e6;

  private static final String[] NUMBERS = {
    "never", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
  };

  private Formats() {}

  /** A score, four decimals. */
  public static String score(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A difference, with its sign unless it rounds to zero. */
  public static String difference(double value) {
    return Math.abs(value) < 0.00005 ? "0.0000" : String.format(Locale.ROOT, "%+.4f", value);
  }

  /** A mean difference with its interval; alone where there is none. */
  public static String difference(PairedDifference difference) {
    String mean = difference(difference.mean());
    return difference.hasInterval()
        ? mean + " [" + difference(difference.low()) + ", " + difference(difference.high()) + "]"
        : mean;
  }

  /** A mean difference with its simultaneous interval; alone where there is none. */
  public static String difference(Contrast contrast) {
    String mean = difference(contrast.mean());
    return contrast.hasInterval()
        ? mean + " [" + difference(contrast.low()) + ", " + difference(contrast.high()) + "]"
        : mean;
  }

  /** Three digits, small and large numbers with an exponent; what is no number says so. */
  public static String digits(double value) {
    if (Double.isNaN(value)) {
      return "no number";
    }
    // The largest numbers round to infinity.
    double rounded =
        Double.isInfinite(value) ? value : new BigDecimal(value).round(DIGITS).doubleValue();
    if (Double.isInfinite(rounded)) {
      return Numbers.plain(rounded);
    }
    return (Math.abs(rounded) < SMALL && rounded != 0) || Math.abs(rounded) >= LARGE
        ? Numbers.scientific(rounded)
        : Numbers.plain(rounded);
  }

  /** A p value: three decimals, never "0.000". */
  public static String pValue(double value) {
    return value < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", value);
  }

  /** {@code 5 %} of 0.05. */
  static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
  }

  /** A mean number of epochs, one decimal where it is not whole: {@code 2.6}. */
  static String epochs(double mean) {
    return Numbers.plain(Math.rint(10 * mean) / 10);
  }

  /** {@code four times out of five} of 0.8; a percentage of what no ten times can be out of. */
  static String chance(double share) {
    for (int of = 2; of < NUMBERS.length; of++) {
      long times = Math.round(share * of);
      if (Math.abs(share * of - times) < 1e-9) {
        return NUMBERS[(int) times] + " times out of " + NUMBERS[of];
      }
    }
    return percent(share) + " of the time";
  }

  /** {@code 1 run}, {@code 2 runs}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** The first names, and how many more there are. */
  static String some(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
  }

  /** {@code a}, {@code a and b}, {@code a, b, c and 4 more} of at most {@code most} names. */
  static String some(List<String> names, int most) {
    int shown = names.size() <= most ? names.size() - 1 : most;
    String rest = names.size() <= most ? names.get(shown) : names.size() - most + " more";
    return shown == 0 ? rest : String.join(", ", names.subList(0, shown)) + " and " + rest;
  }
}
