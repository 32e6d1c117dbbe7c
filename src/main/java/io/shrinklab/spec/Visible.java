package io.shrinklab.spec;

/**
 * Text from outside as a terminal may have it. Characters that have no shape of their own move the
 * cursor, colour, hide or turn around what stands beside them; a line feed begins a line that looks
 * like one of ours. They are spelled as in JSON, so that text inside JSON stays what it was.
 */
public final class Visible {
  /** Characters of a quoted word: more than a name needs, and a line holds several. */
  private static final int LONGEST = 80;

  private Visible() {}

  /** The text as one line. A tab stays; what is visible already is left as it is. */
  public static String line(String text) {
    return visible(text, false);
  }

  /** The text with its ends of lines. */
  public static String lines(String text) {
    return visible(text, true);
  }

  private static String visible(String text, boolean lines) {
    StringBuilder visible = null;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      int length = Character.charCount(point);
      boolean end = point == '\n' || (point == '\r' && text.startsWith("\n", at + 1));
      if (isShapeless(point) && !(lines && end)) {
        if (visible == null) {
          visible = new StringBuilder(text.length() + 16).append(text, 0, at);
        }
        spell(text, at, at + length, visible);
      } else if (visible != null) {
        visible.append(text, at, at + length);
      }
      at += length;
    }
    return visible == null ? text : visible.toString();
  }

  /** A key, a name or a cell in a message: one line without tabs, cut where it is long. */
  public static String word(String text) {
    if (text.length() <= LONGEST) {
      return line(text).replace("\t", "\\t");
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return line(text.substring(0, end)).replace("\t", "\\t") + "...";
  }

  /** The same in double quotes. */
  public static String quoted(String text) {
    return "\"" + word(text) + "\"";
  }

  private static boolean isShapeless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point != '\t';
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void spell(String text, int from, int to, StringBuilder into) {
    for (int at = from; at < to; at++) {
      switch (text.charAt(at)) {
        case '\n' -> into.append("\\n");
        case '\r' -> into.append("\\r");
        default -> into.append(String.format("\\u%04x", (int) text.charAt(at)));
      }
    }
  }
}
