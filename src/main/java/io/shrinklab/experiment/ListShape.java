package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list, with its order.
 *
 * @param element what each element may be
 */
record ListShape(Shape element) implements Shape {
  @Override
  public String allowed() {
    return "a list, each element "
        + element.allowed()
        + (isOfNumbers() ? "; or " + Spacing.ALLOWED : "");
  }

  @Override
  public @Nullable Object read(JsonNode given, Place place, Reading reading) {
    JsonNode node = given;
    if (isOfNumbers() && Spacing.isMeant(given)) {
      node = Spacing.expand(given, reading.origins().ofValue(place), reading.problems());
      if (node == null) {
        return null;
      }
    }
    if (!node.isArray()) {
      reading.wrong(place, node, allowed());
      return null;
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      Object value = element.read(node.get(i), place.element(i), reading);
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == node.size() ? values : null;
  }

  private boolean isOfNumbers() {
    return element instanceof NumberShape;
  }

  @Override
  public JsonNode write(Object value) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    ((List<?>) value).forEach(each -> array.add(element.write(each)));
    return array;
  }

  @Override
  public String canonical(Object value) {
    return ((List<?>) value)
        .stream().map(element::canonical).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public ObjectNode schema(ObjectNode definitions) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
    schema.set("items", element.schema(definitions));
    if (isOfNumbers()) {
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either.putArray("anyOf").add(schema).add(Spacing.schema());
      return either;
    }
    return schema;
  }
}
