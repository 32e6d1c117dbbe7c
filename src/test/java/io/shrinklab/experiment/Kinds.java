package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.NamedByContent;
import io.shrinklab.spec.Rows;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One specification of every kind that there is, read from as little JSON as it takes. */
public final class Kinds {
  private static final Set<Class<?>> NUMBERS = Set.of(int.class, double.class, Rows.class);

  private Kinds() {}

  /**
   * Of each kind, in their order: every key has its default, or 1 where it is a number without one
   * or a lambda.
   *
   * @param specification sealed
   * @param className what a kind that is a class of the user's own names
   */
  public static <S> List<S> of(Class<S> specification, String className) {
    List<S> all = new ArrayList<>();
    for (Class<?> kind : KindTable.kinds(specification)) {
      all.add(specification.cast(read(specification, json(kind, className))));
    }
    return all;
  }

  private static Object read(Class<?> specification, JsonNode json) {
    Problems problems = new Problems();
    Object spec =
        KindShape.of(specification).read(json, Place.ROOT, Reading.whole(problems, Origins.SAME));
    assertThat(problems.list()).as(json.toString()).isEmpty();
    return spec;
  }

  private static ObjectNode json(Class<?> kind, String className) {
    ObjectNode definitions = JsonNodeFactory.instance.objectNode();
    String reference = RecordShape.of(kind).schema(definitions).path("$ref").asText();
    JsonNode keys = definitions.at(reference.substring("#/$defs".length())).path("properties");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(KindShape.KEY, KindTable.name(kind));
    for (RecordComponent component : kind.getRecordComponents()) {
      String key = component.getName();
      Class<?> type = component.getType();
      JsonNode given = keys.path(key).path("default");
      if (type == Lambda.class || (NUMBERS.contains(type) && given.isMissingNode())) {
        json.put(key, 1);
      } else if (type == String.class && given.isMissingNode()) {
        json.put(key, key.equals("className") ? className : key);
      }
    }
    if (NamedByContent.class.isAssignableFrom(kind)) {
      // What is named need not be there.
      json.put("checksum", "sha256:" + "0".repeat(64));
    }
    return json;
  }
}
