package io.shrinklab.analysis;

import java.util.List;
import java.util.Locale;

/** Numbers inside sentences, whatever the locale. */
final class Formats {
  /** Names listed before "and N more". */
  private static final int NAMED = 5;

  private Formats() {}

  /** A score, four decimals. */
  static String score(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** A difference, with its sign unless it rounds to zero. */
  static String difference(double value) {
    return Math.abs(value) < 0.00005 ? "0.0000" : String.format(Locale.ROOT, "%+.4f", value);
  }

  /** A p value: three decimals, never "0.000". */
  static String pValue(double value) {
    return value < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", value);
  }

  /** {@code 1 run}, {@code 2 runs}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** The first names, and how many more there are. */
  static String some(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() <= NAMED ? some : some + " and " + (names.size() - NAMED) + " more";
  }
}
