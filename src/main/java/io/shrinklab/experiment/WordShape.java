package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Names;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of a set of words, or any text: an enum in kebab case, a boolean, a String.
 *
 * @param words the values by their spelling; empty for any text
 */
record WordShape(Class<?> type, Map<String, Object> words) implements Shape {
  /** Of a type that {@link #reads} accepts. */
  static WordShape of(Class<?> type) {
    Map<String, Object> words = new LinkedHashMap<>();
    if (type.isEnum()) {
      Arrays.stream(type.getEnumConstants()).forEach(c -> words.put(Names.kebab((Enum<?>) c), c));
    }
    return new WordShape(type, Collections.unmodifiableMap(words));
  }

  static boolean reads(Class<?> type) {
    return type.isEnum() || truth(type) || type == String.class;
  }

  private static boolean truth(Class<?> type) {
    return type == boolean.class || type == Boolean.class;
  }

  @Override
  public String allowed() {
    if (truth(type)) {
      return "true or false";
    }
    return words.isEmpty() ? "a text" : "one of " + String.join(", ", words.keySet());
  }

  @Override
  public @Nullable Object read(JsonNode node, Place place, Reading reading) {
    if (truth(type) && node.isBoolean()) {
      return node.booleanValue();
    }
    if (type == String.class && node.isTextual()) {
      return node.textValue();
    }
    Object constant = node.isTextual() ? words.get(node.textValue()) : null;
    if (constant == null) {
      String hint = node.isTextual() ? Nearest.hint(node.textValue(), words.keySet()) : "";
      reading.wrong(place, node, allowed() + hint);
    }
    return constant;
  }

  @Override
  public JsonNode write(Object value) {
    if (value instanceof Boolean bool) {
      return JsonNodeFactory.instance.booleanNode(bool);
    }
    String text = value instanceof Enum<?> constant ? Names.kebab(constant) : value.toString();
    return JsonNodeFactory.instance.textNode(text);
  }

  @Override
  public String canonical(Object value) {
    return write(value).toString();
  }

  @Override
  public ObjectNode schema(ObjectNode definitions) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", truth(type) ? "boolean" : "string");
    if (!words.isEmpty()) {
      words.keySet().forEach(schema.putArray("enum")::add);
    }
    return schema;
  }
}
