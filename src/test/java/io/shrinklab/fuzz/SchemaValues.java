package io.shrinklab.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Values that a JSON Schema allows, of the kind that an experiment's has. */
final class SchemaValues {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** They need files or classes; who has those asks for them. */
  private static final Set<String> NEEDING =
      Set.of("csv", "npz", "image-folder", "custom", "torchscript");

  private final JsonNode schema;
  private final SplittableRandom random;

  SchemaValues(JsonNode schema, SplittableRandom random) {
    this.schema = schema;
    this.random = random;
  }

  /** An experiment; often one that can be run. */
  ObjectNode experiment() {
    ObjectNode root = JSON.objectNode();
    ObjectNode properties = (ObjectNode) schema.get("properties");
    for (String section : List.of("data", "network", "optimizer", "training")) {
      root.set(section, value(properties.get(section)));
    }
    ((ObjectNode) root.get("training")).put("epochs", 1 + random.nextInt(5));
    root.put("seeds", 1 + random.nextInt(4));
    for (String more : List.of("name", "description", "margin", "claim", "grid", "baseline")) {
      if (random.nextInt(8) == 0) {
        root.set(more, value(properties.get(more)));
      }
    }
    ArrayNode variants = root.putArray("variants");
    if (random.nextInt(4) > 0) {
      variants.addObject().putObject("penalty").put("kind", "none");
    }
    for (int more = random.nextInt(3); more > 0 || variants.isEmpty(); more--) {
      variants.add(variant());
    }
    return root;
  }

  private ObjectNode variant() {
    ObjectNode variant = JSON.objectNode();
    JsonNode properties = schema.at("/$defs/variant/properties");
    variant.set("penalty", value(properties.get("penalty")));
    if (random.nextInt(5) == 0) {
      variant.set("name", JSON.textNode("v" + random.nextInt(3)));
    }
    for (String more : List.of("data", "network", "optimizer", "training", "grid", "zip")) {
      if (random.nextInt(10) == 0) {
        variant.set(more, value(properties.get(more)));
      }
    }
    return variant;
  }

  /** A value that a schema allows. */
  JsonNode value(JsonNode of) {
    if (of.has("$ref")) {
      return value(schema.at(of.get("$ref").textValue().substring(1)));
    }
    for (String choice : List.of("anyOf", "oneOf")) {
      if (of.has(choice)) {
        return value(Draw.of(allowed(of.get(choice)), random));
      }
    }
    if (of.has("const")) {
      return of.get("const");
    }
    if (of.has("enum")) {
      return of.get("enum").get(random.nextInt(of.get("enum").size()));
    }
    return switch (of.path("type").asText()) {
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer" -> JSON.numberNode((long) number(of, true));
      case "number" -> JSON.numberNode(number(of, false));
      case "array" -> array(of);
      case "object" -> object(of);
      case "null" -> JSON.nullNode();
      default -> JSON.textNode(random.nextInt(3) == 0 ? Draw.text(random) : "none");
    };
  }

  private List<JsonNode> allowed(JsonNode choices) {
    List<JsonNode> allowed = new ArrayList<>();
    for (JsonNode choice : choices) {
      JsonNode target =
          choice.has("$ref") ? schema.at(choice.get("$ref").textValue().substring(1)) : choice;
      if (!NEEDING.contains(target.at("/properties/kind/const").asText())) {
        allowed.add(choice);
      }
    }
    return allowed;
  }

  /** Mostly in the middle of what people write, at times at an end of the range. */
  private double number(JsonNode of, boolean whole) {
    double low = of.path("minimum").asDouble(of.path("exclusiveMinimum").asDouble(-10));
    double high = of.path("maximum").asDouble(of.path("exclusiveMaximum").asDouble(1e6));
    double value =
        switch (random.nextInt(12)) {
          case 0 -> low;
          case 1 -> high;
          default -> low + Math.min(high - low, whole ? 20 : 1) * random.nextDouble();
        };
    return whole ? Math.rint(value) : value;
  }

  private ArrayNode array(JsonNode of) {
    ArrayNode array = JSON.arrayNode();
    int least = of.path("minItems").asInt(0);
    int most = of.path("maxItems").asInt(Math.max(3, least));
    for (int size = least + random.nextInt(most - least + 1); size > 0; size--) {
      array.add(of.has("items") ? value(of.get("items")) : JSON.numberNode(random.nextInt(4)));
    }
    return array;
  }

  private ObjectNode object(JsonNode of) {
    ObjectNode object = JSON.objectNode();
    Set<String> required = Set.copyOf(of.path("required").findValuesAsText(""));
    for (var property : of.path("properties").properties()) {
      boolean needed =
          required.contains(property.getKey())
              || property.getKey().equals("kind")
              || of.has("required")
              || property.getValue().path("description").asText().contains("Needed");
      if (needed || random.nextInt(6) == 0) {
        object.set(property.getKey(), value(property.getValue()));
      }
    }
    if (of.has("propertyNames")) {
      object.set(path(), grid());
    }
    return object;
  }

  private String path() {
    return Draw.of(
        List.of(
            "penalty.lambda",
            "penalty.p",
            "training.batchSize",
            "data.train",
            "network.hidden[0]",
            "network",
            "optimizer.learningRate",
            "optimizer.schedule.kind",
            "penalty.layers[1].lambda",
            "data.train[0]",
            "penalty.",
            "network.hidden[99999999999]",
            "network.hidden[-1]",
            "training..epochs",
            "training.epochs.x"),
        random);
  }

  private JsonNode grid() {
    ArrayNode values = JSON.arrayNode();
    for (int size = 1 + random.nextInt(3); size > 0; size--) {
      values.add(random.nextInt(9) + 1);
    }
    return values;
  }
}
