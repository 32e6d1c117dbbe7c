package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RefusedKinds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sealed interface, whose records are told apart by {@code "kind"}. */
final class KindShape implements Shape {
  /** The key that names the kind. */
  static final String KEY = "kind";

  private static final ClassValue<KindShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected KindShape computeValue(Class<?> type) {
          return new KindShape(type);
        }
      };

  private final Map<String, Class<?>> kinds = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  private KindShape(Class<?> type) {
    KindTable.kinds(type)
        .forEach(
            kind -> {
              if (kinds.put(KindTable.name(kind), kind) != null) {
                throw new IllegalStateException(kind + " needs a kind of its own");
              }
            });
    RefusedKinds annotation = type.getAnnotation(RefusedKinds.class);
    if (annotation != null) {
      Arrays.stream(annotation.value()).forEach(name -> refused.put(name, annotation.reason()));
    }
  }

  /** Of a sealed interface. */
  static KindShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  @Override
  public String allowed() {
    return "an object with a kind: " + names();
  }

  private String names() {
    return "one of " + String.join(", ", kinds.keySet());
  }

  @Override
  public @Nullable Object read(JsonNode node, Place place, Reading reading) {
    if (!node.isObject()) {
      reading.wrong(place, node, allowed());
      return null;
    }
    Place at = place.key(KEY);
    JsonNode given = node.get(KEY);
    if (given == null) {
      if (!reading.fragment()) {
        reading.missing(at, names());
      }
      return null;
    }
    Class<?> kind = kinds.get(given.asText());
    if (kind == null || !given.isTextual()) {
      String reason = refused.get(given.asText());
      String hint = reason == null ? Nearest.hint(given.asText(), kinds.keySet()) : "; " + reason;
      reading.wrong(at, given, names() + hint);
      return null;
    }
    return RecordShape.of(kind).read(node, place, reading);
  }

  @Override
  public JsonNode write(Object value) {
    return RecordShape.of(value.getClass()).write(value);
  }

  @Override
  public String canonical(Object value) {
    return RecordShape.of(value.getClass()).canonical(value);
  }

  @Override
  public ObjectNode schema(ObjectNode definitions) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode either = schema.putArray("anyOf");
    kinds.values().forEach(kind -> either.add(RecordShape.of(kind).schema(definitions)));
    return schema;
  }
}
