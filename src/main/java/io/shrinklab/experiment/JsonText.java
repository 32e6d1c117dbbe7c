package io.shrinklab.experiment;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** JSON text to a tree, strictly: a key given twice is an error, and so is text after the end. */
final class JsonText {
  /** Numbers stay as they were written, so that messages can quote them. */
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final int QUOTED = 80;

  private JsonText() {}

  /** Reads a document. */
  static JsonNode parse(byte[] text, String file) throws ExperimentException {
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree.isMissingNode()) {
        throw new ExperimentException(
            file, List.of(new Problem("line 1", "", "the file is empty; needs a JSON object")));
      }
      return tree;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "start" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new ExperimentException(file, List.of(new Problem(where, "", meaning(e))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value from text inside the program, where a mistake is a defect. */
  static JsonNode constant(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not JSON: " + text, e);
    }
  }

  /** A value from a command line: JSON, or a bare word. */
  static JsonNode lenient(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree.isMissingNode() ? MAPPER.getNodeFactory().textNode(text) : tree;
    } catch (JsonProcessingException e) {
      return MAPPER.getNodeFactory().textNode(text);
    }
  }

  /** A number, whole where it is. */
  static JsonNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? MAPPER.getNodeFactory().numberNode((long) value)
        : MAPPER.getNodeFactory().numberNode(value);
  }

  /** A value as JSON, cut to what fits in a message. */
  static String quote(JsonNode node) {
    String text = node.isBigDecimal() ? node.decimalValue().toString() : node.toString();
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
  }

  private static String meaning(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    if (message.startsWith("Duplicate")) {
      String key = message.replaceAll("^[^'\"]*['\"]|['\"][^'\"]*$", "");
      return "the key \"" + key + "\" stands twice in one object; keep one";
    }
    if (message.startsWith("Non-standard token")) {
      return "not JSON: a number must be finite, and NaN and Infinity are not";
    }
    return "not JSON: " + message;
  }
}
