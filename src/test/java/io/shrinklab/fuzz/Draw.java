package io.shrinklab.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** What generators draw of. */
final class Draw {
  /** Texts at the edges of what text is; those that a terminal obeys are among them. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "a b",
          "../../x",
          "/etc/passwd",
          "C:\\x",
          "CON",
          ".",
          "..",
          "a/b",
          "a,b;c",
          "\"",
          "'",
          "=1+1",
          "<script>alert(1)</script>",
          "${x}",
          "%s%n%d",
          "\\u0000",
          "\u0000",
          "\u0001x",
          "x\u001f",
          "\u001b[2J\u001b]0;x\u0007",
          "\u0085",
          "\u202ex",
          "\u200b",
          "\ufeffx",
          "\u00e9",
          "e\u0301",
          "\ud83d\ude00",
          "\ud800",
          "\u0130",
          "\u00df",
          "\r\n",
          "\t",
          "a\nb",
          "NaN",
          "Infinity",
          "-0",
          "1e999",
          "null",
          "x".repeat(300),
          "\u00e4".repeat(5000));

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-0.0",
          "1",
          "-1",
          "0.5",
          "1.0",
          "1.5",
          "2",
          "1e-400",
          "4.9e-324",
          "1e-320",
          "1e308",
          "1.7976931348623157e308",
          "1e309",
          "1e999999999",
          "1e-999999999",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967296",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "0.30000000000000004441",
          "1000000",
          "1000001");

  private Draw() {}

  static <T> T of(List<T> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  static String text(SplittableRandom random) {
    return of(TEXTS, random);
  }

  /** A number at the edge of something, as it is written in JSON and in tables. */
  static String number(SplittableRandom random) {
    return of(NUMBERS, random);
  }
}
