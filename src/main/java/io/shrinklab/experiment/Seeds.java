package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Seeds as people write them: a count, a list, or ranges. */
public final class Seeds {
  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "a count from 1 to 100000, a list of distinct whole numbers of at least 0, or ranges as text:"
          + " \"0..9\", \"0,2,5..7\"";

  /** The seeds of a file that names none. */
  static final int DEFAULT_COUNT = 10;

  /** The most seeds of an experiment. */
  public static final int MOST = 100_000;

  private static final Pattern RANGE =
      Pattern.compile("\\s*(\\d{1,18})\\s*(?:\\.\\.\\s*(\\d{1,18})\\s*)?");

  private Seeds() {}

  /**
   * Reads ranges: {@code 0..9}, {@code 3}, {@code 0,2,5..7}.
   *
   * @return distinct seeds in the order given; null when the text is not that
   */
  public static @Nullable List<Long> parse(String text) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher matcher = RANGE.matcher(part);
      if (!matcher.matches()) {
        return null;
      }
      long first = Long.parseLong(matcher.group(1));
      long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
      if (last < first || last - first >= MOST || seeds.size() > MOST) {
        return null;
      }
      for (long seed = first; seed <= last; seed++) {
        if (!seeds.add(seed)) {
          return null;
        }
      }
    }
    return seeds.size() > MOST ? null : List.copyOf(seeds);
  }

  /** Reads the key {@code seeds}; empty after a problem was reported. */
  static List<Long> read(@Nullable JsonNode node, Place place, Problems problems) {
    if (node == null) {
      return first(DEFAULT_COUNT);
    }
    boolean count = node.isIntegralNumber() && node.canConvertToInt();
    if (count && node.intValue() >= 1 && node.intValue() <= MOST) {
      return first(node.intValue());
    }
    JsonNode written = Spacing.isMeant(node) ? Spacing.expand(node, place, problems) : node;
    if (written == null) {
      return List.of();
    }
    List<Long> seeds = written.isTextual() ? parse(written.textValue()) : list(written);
    if (seeds == null || seeds.isEmpty()) {
      problems.add(place, JsonText.quote(node), "needs " + ALLOWED);
      return List.of();
    }
    return seeds;
  }

  private static List<Long> first(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static @Nullable List<Long> list(JsonNode node) {
    if (!node.isArray() || node.size() > MOST) {
      return null;
    }
    Set<Long> seeds = new LinkedHashSet<>();
    for (JsonNode seed : node) {
      boolean right = seed.isIntegralNumber() && seed.canConvertToLong() && seed.longValue() >= 0;
      if (!right || !seeds.add(seed.longValue())) {
        return null;
      }
    }
    return List.copyOf(seeds);
  }
}
