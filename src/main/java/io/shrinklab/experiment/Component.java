package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Default;
import io.shrinklab.spec.Doc;
import io.shrinklab.spec.NotIdentity;
import io.shrinklab.spec.Range;
import io.shrinklab.spec.Rows;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One key of a record, with all that its annotations say. */
final class Component {
  private final RecordComponent component;
  private final Method accessor;
  private final boolean nullable;
  private final @Nullable JsonNode defaultValue;
  private final String doc;
  private final boolean decides;

  /** Found on demand, since a record may hold others of its own interface. */
  private final Supplier<Shape> shape;

  private @Nullable Shape found;
  private @Nullable String canonicalDefault;

  private Component(RecordComponent component) {
    this.component = component;
    accessor = component.getAccessor();
    accessor.setAccessible(true);
    AnnotatedType type = component.getAnnotatedType();
    nullable = type.isAnnotationPresent(Nullable.class);
    Default given = annotation(Default.class);
    defaultValue = given == null ? null : JsonText.constant(given.value());
    Doc text = annotation(Doc.class);
    doc = text == null ? "" : text.value();
    decides = annotation(NotIdentity.class) == null;
    Limits limits = Limits.of(annotation(Range.class));
    shape = () -> shapeOf(component.getGenericType(), limits);
  }

  static Component of(RecordComponent component) {
    return new Component(component);
  }

  /** The component's own, else that of the nearest accessor that it implements; null for none. */
  private <A extends Annotation> @Nullable A annotation(Class<A> type) {
    return Stream.<AnnotatedElement>concat(
            Stream.of(component),
            interfaces(component.getDeclaringRecord())
                .flatMap(parent -> Arrays.stream(parent.getDeclaredMethods()))
                .filter(method -> method.getName().equals(name())))
        .flatMap(element -> Stream.ofNullable(element.getAnnotation(type)))
        .findFirst()
        .orElse(null);
  }

  private static Stream<Class<?>> interfaces(Class<?> type) {
    return Arrays.stream(type.getInterfaces())
        .flatMap(parent -> Stream.concat(Stream.of(parent), interfaces(parent)));
  }

  private static Shape shapeOf(Type type, Limits limits) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return new ListShape(shapeOf(list.getActualTypeArguments()[0], limits));
    }
    if (type instanceof Class<?> known) {
      if (NumberShape.reads(known)) {
        return new NumberShape(known, limits);
      }
      if (known == Rows.class) {
        return new RowsShape(limits);
      }
      if (WordShape.reads(known)) {
        return WordShape.of(known);
      }
      if (known.isRecord()) {
        return RecordShape.of(known);
      }
      if (known.isSealed()) {
        return KindShape.of(known);
      }
    }
    throw new IllegalStateException("no reading for " + type);
  }

  private Shape shape() {
    // May be computed twice by two threads, with equal results.
    Shape known = found;
    if (known == null) {
      known = shape.get();
      found = known;
    }
    return known;
  }

  String name() {
    return component.getName();
  }

  Class<?> rawType() {
    return component.getType();
  }

  private String allowed() {
    return shape().allowed() + (nullable ? ", or null" : "");
  }

  /** Reads the key of an object; its default where it is not given. */
  @Nullable Object read(@Nullable JsonNode given, Place object, Reading reading) {
    JsonNode node = given == null ? defaultValue : given;
    Place place = object.key(name());
    if (node == null) {
      if (!reading.fragment()) {
        reading.missing(place, allowed() + (doc.isEmpty() ? "" : ". " + doc));
      }
      return null;
    }
    if (node.isNull()) {
      if (!nullable) {
        reading.wrong(place, node, allowed());
      }
      return null;
    }
    return shape().read(node, place, reading);
  }

  /** The component's value in a record. */
  @Nullable Object valueIn(Object value) {
    try {
      return accessor.invoke(value);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode write(@Nullable Object value) {
    return value == null ? JsonNodeFactory.instance.nullNode() : shape().write(value);
  }

  /** {@code "key":value}, or nothing for a default and for what is no part of the identity. */
  Optional<String> canonical(Object value) {
    if (!decides) {
      return Optional.empty();
    }
    String text = canonicalValue(valueIn(value));
    return text.equals(canonicalDefault())
        ? Optional.empty()
        : Optional.of("\"" + name() + "\":" + text);
  }

  private String canonicalValue(@Nullable Object value) {
    return value == null ? "null" : shape().canonical(value);
  }

  private String canonicalDefault() {
    String known = canonicalDefault;
    if (known == null) {
      known = defaultValue == null ? "" : canonicalValue(typedDefault());
      canonicalDefault = known;
    }
    return known;
  }

  private @Nullable Object typedDefault() {
    Problems problems = new Problems();
    Object value = read(null, Place.ROOT, Reading.whole(problems, Origins.SAME));
    if (problems.reports() > 0) {
      throw new IllegalStateException("the default is not allowed: " + problems.list());
    }
    return value;
  }

  ObjectNode schema(ObjectNode definitions) {
    ObjectNode schema = shape().schema(definitions);
    if (nullable) {
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either.putArray("anyOf").add(schema).addObject().put("type", "null");
      schema = either;
    }
    String text = doc + (defaultValue == null ? " Needed, here or from a grid." : "");
    if (!text.isBlank()) {
      schema.put("description", text.strip());
    }
    if (defaultValue != null) {
      schema.set("default", defaultValue);
    }
    return schema;
  }
}
