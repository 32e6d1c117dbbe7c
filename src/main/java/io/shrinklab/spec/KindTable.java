package io.shrinklab.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What every kind of a specification means to a room: one line per kind, and a kind without a line
 * is an error with its name when the table is made, never a case that falls through.
 *
 * @param <S> a sealed specification
 * @param <V> what a room makes of it
 */
public final class KindTable<S, V> {
  private final Map<Class<?>, Function<? super S, ? extends V>> lines;

  private KindTable(Map<Class<?>, Function<? super S, ? extends V>> lines) {
    this.lines = Map.copyOf(lines);
  }

  /** Begins the table of a sealed specification. */
  public static <S, V> Lines<S, V> of(Class<S> specification) {
    return new Lines<>(specification);
  }

  /** The records that a sealed specification permits, those of its sealed parts included. */
  public static List<Class<?>> kinds(Class<?> specification) {
    if (specification.isRecord()) {
      return List.of(specification);
    }
    Class<?>[] permitted = specification.getPermittedSubclasses();
    if (permitted == null) {
      throw new IllegalArgumentException(specification + " is neither sealed nor a record");
    }
    return Arrays.stream(permitted).flatMap(part -> kinds(part).stream()).distinct().toList();
  }

  /** A kind's name in the file. */
  public static String name(Class<?> kind) {
    Kind annotation = kind.getAnnotation(Kind.class);
    if (annotation == null) {
      throw new IllegalArgumentException(kind + " needs a kind of its own");
    }
    return annotation.value();
  }

  /** What a specification means here. */
  public V get(S spec) {
    Function<? super S, ? extends V> line = lines.get(spec.getClass());
    if (line == null) {
      throw new IllegalArgumentException("no line for " + spec.getClass().getName());
    }
    return line.apply(spec);
  }

  /** A table's lines while they are written. */
  public static final class Lines<S, V> {
    private final Class<S> specification;
    private final Map<Class<?>, Function<? super S, ? extends V>> lines = new HashMap<>();

    private Lines(Class<S> specification) {
      this.specification = specification;
    }

    /** Adds the line of one kind. */
    public <K extends S> Lines<S, V> on(Class<K> kind, Function<? super K, ? extends V> meaning) {
      if (lines.put(kind, spec -> meaning.apply(kind.cast(spec))) != null) {
        throw new IllegalStateException("two lines for " + kind.getName());
      }
      return this;
    }

    /**
     * The finished table.
     *
     * @throws IllegalStateException when a kind has no line; names it
     */
    public KindTable<S, V> total() {
      List<String> missing = new ArrayList<>();
      for (Class<?> kind : kinds(specification)) {
        if (!lines.containsKey(kind)) {
          missing.add(kind.getName());
        }
      }
      if (!missing.isEmpty()) {
        throw new IllegalStateException("no line for " + String.join(", ", missing));
      }
      return new KindTable<>(lines);
    }
  }
}
