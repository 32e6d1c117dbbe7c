package io.shrinklab.spec;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names that are folder names on Linux, macOS and Windows alike. */
public final class FolderName {
  /** What a name may be, for messages. */
  public static final String ALLOWED =
      "a name of ASCII letters, digits, and . _ + - that begins with a letter or digit, does not"
          + " end with a dot, has at most 100 characters, is no device of Windows (con, nul, ...), and"
          + " holds neither .incomplete- nor .replaced-, which mark what this program removes";

  /** In the name of a file or folder that is not whole yet. */
  public static final String INCOMPLETE = ".incomplete-";

  /** In the name of a folder that another one takes the place of. */
  public static final String REPLACED = ".replaced-";

  private static final int LONGEST = 100;
  private static final int HASH_DIGITS = 8;
  private static final Pattern SAFE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._+-]*[A-Za-z0-9_+-])?");
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern MARKED =
      Pattern.compile("\\.(incomplete|replaced)-", Pattern.CASE_INSENSITIVE);
  private static final String MARKS = "._+-";

  private FolderName() {}

  /** Whether a name that a person gave will do. */
  public static boolean isSafe(String name) {
    return name.length() <= LONGEST
        && SAFE.matcher(name).matches()
        && !DEVICE.matcher(name).matches()
        && !MARKED.matcher(name).find();
  }

  /** Part of a made name: what isn't allowed becomes a hyphen. */
  public static String part(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      safe.append(plain || MARKS.indexOf(c) >= 0 ? c : '-');
    }
    return safe.toString();
  }

  /**
   * A made name: one that is too long is cut and told apart by a hash of the whole, and a mark that
   * came about where parts were joined is none.
   */
  public static String fit(String name) {
    return MARKED.matcher(cut(name)).replaceAll("-$1-");
  }

  private static String cut(String name) {
    if (name.length() <= LONGEST) {
      // Windows drops a dot at the end.
      return name.endsWith(".") ? name.substring(0, name.length() - 1) + "-" : name;
    }
    String hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    return name.substring(0, LONGEST - HASH_DIGITS - 1) + "-" + hash;
  }
}
