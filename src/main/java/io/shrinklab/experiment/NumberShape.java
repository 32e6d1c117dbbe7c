package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.Numbers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number: int, long, double, or a {@link Lambda}.
 *
 * @param type one of these
 * @param range the values allowed
 */
record NumberShape(Class<?> type, Limits range) implements Shape {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final String MATCH = "matchWeightDecay";
  private static final String RATE = "learningRate";

  /** Whether a type is a number. */
  static boolean reads(Class<?> type) {
    return WHOLE.contains(type)
        || type == double.class
        || type == Double.class
        || type == Lambda.class;
  }

  private boolean whole() {
    return WHOLE.contains(type);
  }

  @Override
  public String allowed() {
    return (whole() ? "a whole number" : "a number")
        + range
        + (type == Lambda.class ? ", or {\"" + MATCH + "\": s, \"" + RATE + "\": r}" : "");
  }

  @Override
  public @Nullable Object read(JsonNode node, Place place, Reading reading) {
    if (type == Lambda.class && node.isObject()) {
      return matching((ObjectNode) node, place, reading);
    }
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    boolean tooSmall = value == 0 && node.decimalValue().signum() != 0;
    if (!Double.isFinite(value)
        || tooSmall
        || !range.contains(value)
        || (whole() && !isWhole(node))) {
      reading.wrong(place, node, allowed() + (tooSmall ? "; as a double, this is 0" : ""));
      return null;
    }
    if (type == Lambda.class) {
      return new Lambda(value);
    }
    if (!whole()) {
      return value;
    }
    long number = node.decimalValue().longValue();
    if (type == long.class || type == Long.class) {
      return number;
    }
    if (number != (int) number) {
      reading.wrong(place, node, allowed());
      return null;
    }
    return (int) number;
  }

  /** Whether a number is whole to its last digit, and a long. */
  static boolean isWhole(JsonNode node) {
    BigDecimal value = node.decimalValue();
    return Math.abs(node.doubleValue()) < 0x1p63 && value.stripTrailingZeros().scale() <= 0;
  }

  private @Nullable Lambda matching(ObjectNode node, Place place, Reading reading) {
    Limits positive = new Limits(0, Double.POSITIVE_INFINITY, false, false);
    NumberShape part = new NumberShape(double.class, positive);
    Double decay = null;
    Double rate = null;
    for (var entry : node.properties()) {
      Place at = place.key(entry.getKey());
      switch (entry.getKey()) {
        case MATCH -> decay = (Double) part.read(entry.getValue(), at, reading);
        case RATE -> rate = (Double) part.read(entry.getValue(), at, reading);
        default -> reading.unknownKey(at, entry.getValue(), List.of(MATCH, RATE));
      }
    }
    for (String key : new String[] {MATCH, RATE}) {
      if (!node.has(key)) {
        reading.missing(place.key(key), part.allowed());
      }
    }
    if (decay == null || rate == null) {
      return null;
    }
    Lambda lambda = Lambda.matching(decay, rate);
    if (!range.contains(lambda.value())) {
      reading.wrong(
          place, node, "a strength" + range + "; this is " + Numbers.plain(lambda.value()));
      return null;
    }
    return lambda;
  }

  @Override
  public JsonNode write(Object value) {
    if (whole()) {
      return JsonNodeFactory.instance.numberNode(((Number) value).longValue());
    }
    return JsonNodeFactory.instance.numberNode(doubleOf(value));
  }

  /** One spelling per number, so that 1e-3, 0.001 and 0.0010 are the same run, and 5 is 5.0. */
  @Override
  public String canonical(Object value) {
    return whole() ? Long.toString(((Number) value).longValue()) : Numbers.plain(doubleOf(value));
  }

  private static double doubleOf(Object value) {
    return value instanceof Lambda lambda ? lambda.value() : ((Number) value).doubleValue();
  }

  @Override
  public ObjectNode schema(ObjectNode definitions) {
    ObjectNode number = JsonNodeFactory.instance.objectNode();
    number.put("type", whole() ? "integer" : "number");
    range.describe(number);
    if (type != Lambda.class) {
      return number;
    }
    ObjectNode match = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode keys = match.putObject("properties");
    for (String key : new String[] {MATCH, RATE}) {
      keys.putObject(key).put("type", "number").put("minimum", 0);
    }
    match.putArray("required").add(MATCH).add(RATE);
    match.put("additionalProperties", false);
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    either.putArray("anyOf").add(number).add(match);
    return either;
  }
}
