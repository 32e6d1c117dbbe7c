package io.shrinklab.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Known names that look like an unknown one. */
public final class Nearest {
  private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

  private Nearest() {}

  /** Up to {@code limit} known names a few edits away, or that contain the word; nearest first. */
  public static List<String> of(String word, Collection<String> known, int limit) {
    return of(word, known.stream(), limit);
  }

  /** The same over names that are made on demand. */
  public static List<String> of(String word, Stream<String> known, int limit) {
    return known
        .filter(name -> near(word, name))
        .sorted(Comparator.comparingInt(name -> edits(word, name)))
        .limit(limit)
        .toList();
  }

  /** Ready to be put after a message: {@code ; did you mean "lambda"?}, or nothing. */
  public static String hint(String word, Collection<String> known) {
    return hint(of(word, known, 3));
  }

  /** The same from names already found. */
  public static String hint(List<String> nearest) {
    return nearest.isEmpty()
        ? ""
        : "; did you mean "
            + nearest.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" or "))
            + "?";
  }

  private static boolean near(String word, String name) {
    String asked = word.toLowerCase(Locale.ROOT);
    String candidate = name.toLowerCase(Locale.ROOT);
    int few = Math.max(1, Math.max(word.length(), name.length()) / 3);
    // Each character that one has more is an edit; a key of megabytes is not compared at all.
    boolean alike = Math.abs(word.length() - name.length()) <= few;
    return (alike && edits(word, name) <= few)
        || (asked.length() >= 3 && candidate.contains(asked))
        || (candidate.length() >= 3 && asked.contains(candidate));
  }

  private static int edits(String word, String name) {
    return EDITS.apply(word.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
  }
}
