package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers at equal distances or ratios, wherever a list of numbers may stand: {@code {"log": [1e-6,
 * 1e-1], "points": 11}}. The ends are as they are written; what lies between has as few digits as
 * tell the points apart and leave their distances alone.
 */
final class Spacing {
  /** What may stand in place of a list, for messages. */
  static final String ALLOWED =
      "{\"log\": [a, b], \"points\": n} or {\"linear\": [a, b], \"points\": n}";

  private static final String LOG = "log";
  private static final String LINEAR = "linear";
  private static final String POINTS = "points";
  private static final List<String> KEYS = List.of(LOG, LINEAR, POINTS);
  private static final int MOST = 1000;

  /** What is a number of so many digits but for rounding is meant to be that number. */
  private static final int SHORT = 6;

  private static final double ROUNDING = 1e-10;

  private static final int FEWEST_DIGITS = 3;
  private static final int MOST_DIGITS = 15;

  /** How far digits may move a point, as a share of the way to its neighbour. */
  private static final double MOVED = 0.05;

  private Spacing() {}

  /** Whether a value can be nothing else. */
  static boolean isMeant(JsonNode node) {
    return node.isObject() && (node.has(POINTS) || node.has(LOG) || node.has(LINEAR));
  }

  /**
   * The numbers, the ends included.
   *
   * @param node an object
   * @return null after a problem was reported
   */
  static @Nullable ArrayNode expand(JsonNode node, Place place, Problems problems) {
    long before = problems.reports();
    for (var entry : node.properties()) {
      if (!KEYS.contains(entry.getKey())) {
        Place at = place.key(entry.getKey());
        problems.add(at, JsonText.quote(entry.getValue()), Reading.unknownKey(at, KEYS));
      }
    }
    if (node.has(LOG) == node.has(LINEAR)) {
      problems.add(place, JsonText.quote(node), "needs either log or linear: " + ALLOWED);
    }
    int points = points(node.get(POINTS), place.key(POINTS), problems);
    for (String scale : List.of(LOG, LINEAR)) {
      if (node.has(scale)) {
        checkEnds(node.get(scale), scale.equals(LOG), place.key(scale), problems);
      }
    }
    if (problems.reports() > before) {
      return null;
    }
    boolean log = node.has(LOG);
    JsonNode ends = node.get(log ? LOG : LINEAR);
    List<BigDecimal> exact = exact(ends.get(0), ends.get(1), points, log);
    List<BigDecimal> read = readable(exact);
    if (!rises(read)) {
      problems.add(
          place.key(POINTS),
          Integer.toString(points),
          "needs fewer points: so near to each other they are not told apart");
      return null;
    }
    ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
    numbers.add(ends.get(0));
    read.subList(1, points - 1).forEach(value -> numbers.add(number(value)));
    return numbers.add(ends.get(1));
  }

  private static int points(@Nullable JsonNode node, Place place, Problems problems) {
    boolean right = node != null && node.isIntegralNumber() && node.canConvertToInt();
    int points = right && node != null ? node.intValue() : 0;
    if (points < 2 || points > MOST) {
      problems.add(
          place,
          node == null ? "" : JsonText.quote(node),
          (node == null ? "missing; " : "")
              + "needs a whole number from 2 to "
              + MOST
              + ", both ends counted");
    }
    return points;
  }

  private static void checkEnds(JsonNode ends, boolean log, Place place, Problems problems) {
    long before = problems.reports();
    if (!ends.isArray() || ends.size() != 2) {
      problems.add(place, JsonText.quote(ends), "needs a list of two numbers, the first and last");
      return;
    }
    for (int i = 0; i < 2; i++) {
      JsonNode end = ends.get(i);
      if (!end.isNumber() || !Double.isFinite(end.doubleValue())) {
        problems.add(place.element(i), JsonText.quote(end), "needs a number");
      } else if (log && end.doubleValue() <= 0) {
        problems.add(
            place.element(i),
            JsonText.quote(end),
            "needs a number above 0, as ratios start from none other; a 0 is a variant of its own"
                + ", or use linear");
      }
    }
    if (problems.reports() == before && ends.get(0).doubleValue() >= ends.get(1).doubleValue()) {
      problems.add(place, JsonText.quote(ends), "needs the smaller number first");
    }
  }

  private static List<BigDecimal> exact(JsonNode first, JsonNode last, int points, boolean log) {
    List<BigDecimal> values = new ArrayList<>();
    BigDecimal intervals = BigDecimal.valueOf(points - 1L);
    // Strict, since the numbers enter identities.
    double low = log ? StrictMath.log(first.doubleValue()) : 0;
    double high = log ? StrictMath.log(last.doubleValue()) : 0;
    values.add(first.decimalValue());
    for (int i = 1; i < points - 1; i++) {
      values.add(
          log
              ? BigDecimal.valueOf(StrictMath.exp(low + (high - low) * i / (points - 1)))
              : first
                  .decimalValue()
                  .multiply(intervals.subtract(BigDecimal.valueOf(i)))
                  .add(last.decimalValue().multiply(BigDecimal.valueOf(i)))
                  .divide(intervals, MathContext.DECIMAL64));
    }
    values.add(last.decimalValue());
    return values;
  }

  private static List<BigDecimal> readable(List<BigDecimal> exact) {
    List<BigDecimal> read = rounded(exact, FEWEST_DIGITS);
    for (int digits = FEWEST_DIGITS + 1; digits <= MOST_DIGITS && moved(exact, read); digits++) {
      read = rounded(exact, digits);
    }
    return read;
  }

  private static List<BigDecimal> rounded(List<BigDecimal> exact, int digits) {
    int last = exact.size() - 1;
    return IntStream.rangeClosed(0, last)
        .mapToObj(i -> i == 0 || i == last ? exact.get(i) : rounded(exact.get(i), digits))
        .toList();
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    BigDecimal near = exact.round(new MathContext(SHORT));
    double off = near.subtract(exact).abs().doubleValue();
    return off <= ROUNDING * exact.abs().doubleValue()
        ? near
        : exact.round(new MathContext(digits));
  }

  private static boolean moved(List<BigDecimal> exact, List<BigDecimal> read) {
    return IntStream.range(1, exact.size() - 1)
        .anyMatch(
            i -> {
              BigDecimal value = exact.get(i);
              double before = value.subtract(exact.get(i - 1)).doubleValue();
              double after = exact.get(i + 1).subtract(value).doubleValue();
              double off = read.get(i).subtract(value).abs().doubleValue();
              return off > MOVED * Math.min(before, after);
            });
  }

  private static boolean rises(List<BigDecimal> values) {
    return IntStream.range(1, values.size())
        .allMatch(i -> values.get(i).doubleValue() > values.get(i - 1).doubleValue());
  }

  /** Whole where it is, so that it may stand where whole numbers are needed. */
  private static JsonNode number(BigDecimal value) {
    boolean whole = value.stripTrailingZeros().scale() <= 0 && Math.abs(value.doubleValue()) < 1e15;
    return whole
        ? JsonNodeFactory.instance.numberNode(value.longValueExact())
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** The JSON Schema. */
  static ObjectNode schema() {
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    ArrayNode scales = either.putArray("oneOf");
    for (String scale : List.of(LOG, LINEAR)) {
      ObjectNode schema = scales.addObject().put("type", "object");
      ObjectNode properties = schema.putObject("properties");
      ObjectNode ends = properties.putObject(scale).put("type", "array");
      ends.put("minItems", 2).put("maxItems", 2);
      ObjectNode end = ends.putObject("items").put("type", "number");
      if (scale.equals(LOG)) {
        end.put("exclusiveMinimum", 0);
      }
      properties
          .putObject(POINTS)
          .put("type", "integer")
          .put("minimum", 2)
          .put("maximum", MOST)
          .put("description", "How many numbers, both ends counted.");
      schema.putArray("required").add(scale).add(POINTS);
      schema.put("additionalProperties", false);
    }
    return either;
  }
}
