package io.shrinklab.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Changes the structure of a JSON document, and then its text. */
final class JsonMutator {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final SplittableRandom random;

  JsonMutator(SplittableRandom random) {
    this.random = random;
  }

  /** An object or list, and which of its values. */
  private record Slot(JsonNode holder, String key, int index) {
    JsonNode get() {
      return holder.isObject() ? holder.get(key) : holder.get(index);
    }

    void set(JsonNode value) {
      if (holder instanceof ObjectNode object) {
        object.set(key, value);
      } else {
        ((ArrayNode) holder).set(index, value);
      }
    }

    void remove() {
      if (holder instanceof ObjectNode object) {
        object.remove(key);
      } else {
        ((ArrayNode) holder).remove(index);
      }
    }
  }

  private static void collect(JsonNode node, List<Slot> slots) {
    for (var entry : node.properties()) {
      slots.add(new Slot(node, entry.getKey(), 0));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      slots.add(new Slot(node, "", i));
    }
    node.forEach(child -> collect(child, slots));
  }

  /** Changes one thing. */
  void mutate(ObjectNode root) {
    List<Slot> slots = new ArrayList<>();
    collect(root, slots);
    if (slots.isEmpty()) {
      root.set(Draw.text(random), scalar());
      return;
    }
    Slot slot = Draw.of(slots, random);
    JsonNode old = slot.get();
    switch (random.nextInt(10)) {
      case 0 -> slot.remove();
      case 1 -> rename(slot, old);
      case 2, 3 -> slot.set(JSON.numberNode(new BigDecimal(Draw.number(random))));
      case 4 -> slot.set(JSON.textNode(Draw.text(random)));
      case 5 -> slot.set(nested(old));
      case 6 -> slot.set(Draw.of(slots, random).get().deepCopy());
      case 7 -> {
        if (slot.holder() instanceof ArrayNode array) {
          array.add(old.deepCopy());
        } else {
          ((ObjectNode) slot.holder()).set(Draw.text(random), old.deepCopy());
        }
      }
      default -> slot.set(scalar());
    }
  }

  private void rename(Slot slot, JsonNode old) {
    if (slot.holder() instanceof ObjectNode object) {
      object.remove(slot.key());
      String key = slot.key();
      object.set(
          random.nextBoolean() && !key.isEmpty() ? key.substring(1) : key.toUpperCase(Locale.ROOT),
          old);
    }
  }

  private JsonNode nested(JsonNode inner) {
    JsonNode node = inner.deepCopy();
    int depth = random.nextInt(4) == 0 ? 400 : 1 + random.nextInt(3);
    boolean list = random.nextBoolean();
    for (int i = 0; i < depth; i++) {
      node = list ? JSON.arrayNode().add(node) : JSON.objectNode().set("kind", node);
    }
    return node;
  }

  private JsonNode scalar() {
    return switch (random.nextInt(7)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.arrayNode();
      case 3 -> JSON.objectNode();
      case 4 -> JSON.textNode(Draw.text(random));
      default -> JSON.numberNode(new BigDecimal(Draw.number(random)));
    };
  }

  /** Gives a key of the text twice. */
  String doubled(String text) {
    List<Integer> objects = new ArrayList<>();
    for (int at = text.indexOf("{\""); at >= 0; at = text.indexOf("{\"", at + 1)) {
      objects.add(at);
    }
    if (objects.isEmpty()) {
      return text;
    }
    int at = Draw.of(objects, random);
    int end = text.indexOf('"', at + 2);
    return text.substring(0, at + 1)
        + text.substring(at + 1, end + 1)
        + ":1,"
        + text.substring(at + 1);
  }
}
