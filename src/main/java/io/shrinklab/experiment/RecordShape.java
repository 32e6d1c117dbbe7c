package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Check;
import io.shrinklab.spec.Doc;
import io.shrinklab.spec.Kind;
import io.shrinklab.spec.NamedByContent;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A record: an object with its components as keys, and {@code kind} where it is an alternative. */
final class RecordShape implements Shape {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final Class<?> type;
  private final @Nullable String kind;
  private final List<Component> components;
  private final List<String> keys;
  private final Constructor<?> constructor;

  private RecordShape(Class<?> type) {
    this.type = type;
    Kind annotation = type.getAnnotation(Kind.class);
    kind = annotation == null ? null : annotation.value();
    components = Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
    keys =
        Stream.concat(
                Stream.ofNullable(kind == null ? null : KindShape.KEY),
                components.stream().map(Component::name))
            .toList();
    try {
      Class<?>[] types =
          components.stream().map(Component::rawType).toArray(length -> new Class<?>[length]);
      constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a record. */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  @Override
  public String allowed() {
    return "an object with the keys " + String.join(", ", keys);
  }

  @Override
  public @Nullable Object read(JsonNode node, Place place, Reading reading) {
    if (!node.isObject()) {
      reading.wrong(place, node, allowed());
      return null;
    }
    long before = reading.problems().reports();
    reportUnknownKeys(node, place, reading);
    @Nullable Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      values[i] = component.read(node.get(component.name()), place, reading);
    }
    if (reading.fragment() || reading.problems().reports() > before) {
      return null;
    }
    Object made = make(values);
    if (made instanceof NamedByContent file) {
      made = FileNames.named(file, reporter(node, place, reading));
    }
    if (made instanceof Check check) {
      check.check(reporter(node, place, reading));
    }
    return reading.problems().reports() > before ? null : made;
  }

  /** Takes what does not fit in the record that was read from an object. */
  static Check.Reporter reporter(JsonNode object, Place place, Reading reading) {
    return (key, found, allowed) -> {
      JsonNode written = object.get(key);
      if (written == null && found == null) {
        reading.problems().add(reading.origins().ofKey(place.key(key)), "", allowed);
      } else {
        JsonNode shown = written == null ? JsonText.MAPPER.valueToTree(found) : written;
        reading.unfit(place.key(key), shown, allowed);
      }
    };
  }

  private void reportUnknownKeys(JsonNode node, Place place, Reading reading) {
    for (var entry : node.properties()) {
      if (!keys.contains(entry.getKey())) {
        reading.unknownKey(place.key(entry.getKey()), entry.getValue(), keys);
      }
    }
  }

  private Object make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(type + " refuses what its annotations allow", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ObjectNode write(Object value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    if (kind != null) {
      object.put(KindShape.KEY, kind);
    }
    for (Component component : components) {
      object.set(component.name(), component.write(component.valueIn(value)));
    }
    return object;
  }

  @Override
  public String canonical(Object value) {
    List<String> members = new ArrayList<>();
    if (kind != null) {
      members.add("\"" + KindShape.KEY + "\":\"" + kind + "\"");
    }
    components.forEach(component -> component.canonical(value).ifPresent(members::add));
    // Each member begins with its quoted key, and keys are plain words: this sorts by key.
    return members.stream()
        .sorted(Comparator.naturalOrder())
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public ObjectNode schema(ObjectNode definitions) {
    String name = definitionName();
    ObjectNode reference = JsonNodeFactory.instance.objectNode().put("$ref", "#/$defs/" + name);
    if (definitions.has(name)) {
      return reference;
    }
    ObjectNode schema = definitions.putObject(name).put("type", "object");
    Doc doc = type.getAnnotation(Doc.class);
    if (doc != null) {
      schema.put("description", doc.value());
    }
    ObjectNode properties = schema.putObject("properties");
    if (kind != null) {
      properties.putObject(KindShape.KEY).put("const", kind);
    }
    for (Component component : components) {
      properties.set(component.name(), component.schema(definitions));
    }
    schema.put("additionalProperties", false);
    return reference;
  }

  private String definitionName() {
    Class<?> outer = type.getEnclosingClass();
    return (outer == null ? "" : outer.getSimpleName() + ".") + type.getSimpleName();
  }
}
