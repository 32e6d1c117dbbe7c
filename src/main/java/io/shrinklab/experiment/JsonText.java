package io.shrinklab.experiment;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shrinklab.spec.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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

  private JsonText() {}

  /** Reads a document. */
  static JsonNode parse(byte[] bytes, String file) throws ExperimentException {
    byte[] text = utf8(bytes, file);
    try {
      JsonNode tree = MAPPER.readTree(text);
      if (tree.isMissingNode()) {
        throw new ExperimentException(
            file, List.of(new Problem("line 1", "", "the file is empty; needs a JSON object")));
      }
      return tree;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      // Of a limit of the library's (depth, length) the place is not told.
      String where = at == null ? limit(text) : place(at);
      throw new ExperimentException(file, List.of(new Problem(where, "", meaning(e))));
    } catch (NumberFormatException e) {
      throw new ExperimentException(file, List.of(vastExponent(text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String place(JsonLocation at) {
    return "line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  /** Where reading stops. */
  private static String limit(byte[] text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      try {
        while (parser.nextToken() != null) {
          // Lengths are looked at when a value is asked for.
          parser.getText();
        }
      } catch (JsonProcessingException e) {
        return place(parser.currentLocation());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "the file";
  }

  /** The first number whose exponent is beyond an int: the library throws without its place. */
  private static Problem vastExponent(byte[] text) {
    String allowed = "a number's exponent is at most nine digits long";
    try (JsonParser parser = MAPPER.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
          try {
            parser.getDecimalValue();
          } catch (NumberFormatException e) {
            String where = place(parser.currentTokenLocation());
            return new Problem(where, Visible.word(parser.getText()), allowed);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Problem("the file", "", allowed);
  }

  /** Text of whole characters: whatever is damaged is refused, and never replaced by a mark. */
  private static byte[] utf8(byte[] bytes, String file) throws ExperimentException {
    Charset charset = charset(bytes);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    // A new decoder reports what is malformed.
    CharsetDecoder decoder = charset.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      int at = in.position();
      int end = Math.min(bytes.length, at + result.length());
      String found = HexFormat.ofDelimiter(" ").formatHex(bytes, at, end);
      throw new ExperimentException(
          file,
          List.of(
              new Problem(
                  "byte " + (at + 1),
                  found,
                  "damaged " + charset + "; needs a text file, best saved as UTF-8")));
    }
    out.flip();
    if (out.length() > 0 && out.charAt(0) == '\uFEFF') {
      out.get();
    }
    try {
      ByteBuffer text = StandardCharsets.UTF_8.newEncoder().encode(out);
      byte[] whole = new byte[text.remaining()];
      text.get(whole);
      return whole;
    } catch (CharacterCodingException e) {
      // UTF-32's decoder lets halves of characters pass.
      throw new ExperimentException(
          file, List.of(new Problem("the file", "", "damaged " + charset + "; save it as UTF-8")));
    }
  }

  /** By the mark at the start, or by where the zeros of the first, ASCII, character are. */
  private static Charset charset(byte[] bytes) {
    int start = 0;
    for (int i = 0; i < 4; i++) {
      start = start << 8 | (i < bytes.length ? bytes[i] & 0xff : 1);
    }
    boolean swapped = bytes.length > 1 && (start >>> 16 == 0xFFFE || (start & 0xFF0000) == 0);
    if (start == 0xFEFF || start >>> 8 == 0) {
      return Charset.forName("UTF-32BE");
    }
    if (start == 0xFFFE0000 || (start & 0xFFFFFF) == 0) {
      return Charset.forName("UTF-32LE");
    }
    if (swapped) {
      return StandardCharsets.UTF_16LE;
    }
    return start >>> 16 == 0xFEFF || start >>> 24 == 0
        ? StandardCharsets.UTF_16BE
        : StandardCharsets.UTF_8;
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
    } catch (JsonProcessingException | NumberFormatException e) {
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
    return Visible.word(text);
  }

  private static String meaning(JsonProcessingException e) {
    String whole = String.valueOf(e.getOriginalMessage());
    String message = whole.lines().findFirst().orElse("");
    if (message.startsWith("Duplicate")) {
      String key = whole.replaceAll("^[^'\"]*['\"]|['\"][^'\"]*$", "");
      return "the key " + Visible.quoted(key) + " stands twice in one object; keep one";
    }
    if (message.startsWith("Non-standard token")) {
      return "not JSON: a number must be finite, and NaN and Infinity are not";
    }
    return "not JSON: " + message;
  }
}
