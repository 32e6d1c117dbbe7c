package io.shrinklab.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Map;

/** A page's data as JSON that may stand in an HTML script element, and as the template's model. */
final class PageJson {
  /** Of curves five digits: finer than any screen, and half the size of what a double can say. */
  private static final int DIGITS = 5;

  private static final MathContext PRECISION = new MathContext(DIGITS);

  /** Powers of ten that a double holds exactly, up to the 22nd. */
  private static final double[] TENS = tens();

  /** From a half, in units of the last digit: much more than one multiplication is wrong by. */
  private static final double NEAR = 1e-6;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new Rounded())
                  .addSerializer(Double.TYPE, new Exact()))
          .build();

  private PageJson() {}

  /** Single numbers, which the page rounds once, where it shows them; no number is null. */
  private static final class Exact extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }

  /** Numbers in lists, with five digits; what is not a number is null. */
  private static final class Rounded extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(rounded(value).stripTrailingZeros().toString());
      } else {
        json.writeNull();
      }
    }
  }

  private static double[] tens() {
    double[] tens = new double[23];
    Arrays.setAll(tens, power -> Double.parseDouble("1e" + power));
    return tens;
  }

  /**
   * To five digits, half up. A page has a hundred thousand such numbers: all but those near a half,
   * and those that are very large or small, are rounded as doubles.
   */
  private static BigDecimal rounded(double value) {
    int scale = DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
    if (Math.abs(scale) < TENS.length) {
      double shifted = scale < 0 ? value / TENS[-scale] : value * TENS[scale];
      double whole = Math.rint(shifted);
      boolean fits = Math.abs(whole) >= TENS[DIGITS - 1] && Math.abs(whole) < TENS[DIGITS];
      if (fits && 0.5 - Math.abs(shifted - whole) > NEAR) {
        return BigDecimal.valueOf((long) whole, scale);
      }
    }
    return new BigDecimal(value).round(PRECISION);
  }

  /** As JSON. */
  static String text(Object data) {
    try {
      return MAPPER.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * JSON in which {@code <}, {@code >}, {@code &} and the line separators of JavaScript are written
   * as escapes: nothing in it can end the script element or start a comment.
   */
  static String embeddable(String json) {
    StringBuilder safe = new StringBuilder(json.length() + 64);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        // All of these can only stand inside strings, where the escape means the same.
        case '<', '>', '&', '\u2028', '\u2029' ->
            safe.append("\\u").append(String.format("%04x", (int) c));
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Maps, lists, strings and numbers. */
  static Map<String, Object> tree(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
