package io.shrinklab.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Claim;

/**
 * The JSON Schema (2020-12) of an experiment file, from the same annotations that the reader goes
 * by. It never refuses what the reader takes; since a grid may supply a missing key, missing keys
 * are left to the reader.
 */
public final class ExperimentSchema {
  private static final String SECTIONS = "^(data|network|optimizer|training|penalty)([.\\[].*)?$";

  private ExperimentSchema() {}

  /** The schema. */
  public static ObjectNode generate() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A shrinklab experiment");
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    text(properties, "$schema", "Where this schema is, for editors.");
    text(properties, "name", "The sweep's name and its folder's. Default: the file's name.");
    text(properties, "description", "What is asked, for people.");
    for (Section section : Section.values()) {
      if (section != Section.PENALTY) {
        properties.set(section.key(), section.shape().schema(definitions));
      }
    }
    seeds(properties.putObject("seeds"));
    text(
        properties,
        "baseline",
        "The variant that the others are compared with. Default: the first whose penalty is none.");
    properties
        .putObject("margin")
        .put("type", "number")
        .put("exclusiveMinimum", 0)
        .put(
            "description",
            "Differences of the score up to it do not matter: where a whole interval lies within, the"
                + " variant is EQUIVALENT.");
    ArrayNode claims =
        properties
            .putObject("claim")
            .put(
                "description",
                "What decisions are about where every seed draws its own split: data beyond these"
                    + " rows, or these rows alone. Default: "
                    + Claim.BEYOND_THESE_ROWS.word()
                    + ".")
            .putArray("enum");
    for (Claim claim : Claim.values()) {
      claims.add(claim.word());
    }
    properties
        .putObject("variants")
        .put("type", "array")
        .put("minItems", 1)
        .put("description", "What is compared.")
        .putObject("items")
        .put("$ref", "#/$defs/variant");
    grid(properties, "grid", "Multiplies all variants: each combination is a setting of its own.");
    schema.putArray("required").add("variants");
    schema.put("additionalProperties", false);
    variant(definitions);
    schema.set("$defs", definitions);
    return schema;
  }

  /** The schema as indented text. */
  public static String text() {
    try {
      return JsonText.MAPPER
          .writer(SerializationFeature.INDENT_OUTPUT)
          .writeValueAsString(generate());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void text(ObjectNode properties, String key, String description) {
    properties.putObject(key).put("type", "string").put("description", description);
  }

  private static void seeds(ObjectNode schema) {
    schema.put("description", "Seeds: " + Seeds.ALLOWED + ". Default: 10.");
    schema.put("default", Seeds.DEFAULT_COUNT);
    var either = schema.putArray("anyOf");
    either.addObject().put("type", "integer").put("minimum", 1);
    ObjectNode list = either.addObject().put("type", "array").put("minItems", 1);
    list.put("uniqueItems", true);
    list.putObject("items").put("type", "integer").put("minimum", 0);
    either.add(Spacing.schema());
    either.addObject().put("type", "string");
  }

  private static void grid(ObjectNode properties, String key, String description) {
    ObjectNode grid = properties.putObject(key).put("type", "object");
    grid.put("description", description).put("minProperties", 1);
    grid.putObject("propertyNames").put("pattern", SECTIONS);
    ArrayNode values = grid.putObject("additionalProperties").putArray("anyOf");
    values.addObject().put("type", "array").put("minItems", 1);
    values.add(Spacing.schema());
  }

  private static void variant(ObjectNode definitions) {
    ObjectNode variant = definitions.putObject("variant").put("type", "object");
    ObjectNode properties = variant.putObject("properties");
    text(properties, "name", "Unique; made from penalty and grid when not given.");
    for (Section section : Section.values()) {
      ObjectNode schema = section.shape().schema(definitions);
      if (section != Section.PENALTY) {
        schema = override(schema, section);
      }
      properties.set(section.key(), schema);
    }
    grid(properties, "grid", "Dotted paths with lists of values: every combination is a variant.");
    grid(properties, "zip", "Dotted paths with lists of equal length, set side by side.");
    variant.put("additionalProperties", false);
  }

  private static ObjectNode override(ObjectNode schema, Section section) {
    return schema.put(
        "description", "Laid over the experiment's " + section.key() + "; another kind replaces.");
  }
}
