package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One axis of a grid: the values of one path, or, zipped, of several paths side by side. */
final class Axis {
  /**
   * A path and its values.
   *
   * @param path what is set
   * @param key where the file says so
   * @param values one per position of the axis
   */
  record Column(ParameterPath path, Place key, List<JsonNode> values) {}

  private final List<Column> columns;
  private final boolean distinct;
  private final List<String> parts;

  private Axis(List<Column> columns) {
    this.columns = List.copyOf(columns);
    // The file holds every value, so there is room for a word for each.
    Set<String> seen = new HashSet<>();
    distinct =
        IntStream.range(0, size()).allMatch(i -> seen.add(words(i).toLowerCase(Locale.ROOT)));
    parts = IntStream.range(0, size()).mapToObj(i -> words(i) + mark(i)).toList();
  }

  private String mark(int position) {
    return distinct ? "" : "-" + (position + 1);
  }

  List<Column> columns() {
    return columns;
  }

  int size() {
    return columns.get(0).values().size();
  }

  boolean touches(Section section) {
    return columns.stream().anyMatch(column -> column.path().section() == section);
  }

  /** What a position adds to a name: {@code epochs-5}. */
  String part(int position) {
    return parts.get(position);
  }

  private String words(int position) {
    return columns.stream()
        .map(column -> word(column.path(), column.values().get(position)))
        .collect(Collectors.joining("-"));
  }

  private static String word(ParameterPath path, JsonNode value) {
    String key = path.lastKey();
    if (key.equals(KindShape.KEY) && path.steps().size() > 1) {
      key = path.steps().get(path.steps().size() - 2).toString();
    }
    String kebab = key.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    return FolderName.part(kebab + "-" + text(value));
  }

  private static String text(JsonNode value) {
    if (value.isNumber()) {
      double number = value.doubleValue();
      if (!Double.isFinite(number)) {
        // Is refused where the section is read; until then it has a name.
        return JsonText.quote(value);
      }
      boolean small = number != 0 && Math.abs(number) < 0.1;
      return small || Math.abs(number) >= 1e6 ? Numbers.scientific(number) : Numbers.plain(number);
    }
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(Axis::text)
          .collect(Collectors.joining("-"));
    }
    if (value.isObject()) {
      return value.path(KindShape.KEY).asText("set");
    }
    return value.isNull() ? "none" : value.asText();
  }

  /** The axes of a {@code grid}: one per path. */
  static List<Axis> grid(@Nullable JsonNode grid, Place place, Problems problems) {
    List<Axis> axes = new ArrayList<>();
    for (Column column : columns(grid, place, problems)) {
      axes.add(new Axis(List.of(column)));
    }
    return axes;
  }

  /** The one axis of a {@code zip}, or none. */
  static List<Axis> zip(@Nullable JsonNode zip, Place place, Problems problems) {
    List<Column> columns = columns(zip, place, problems);
    if (columns.isEmpty()) {
      return List.of();
    }
    Column first = columns.get(0);
    boolean even = true;
    for (Column column : columns) {
      if (column.values().size() != first.values().size()) {
        even = false;
        problems.add(
            column.key(),
            column.values().size() + " values",
            "needs as many values as "
                + first.path().text()
                + " has ("
                + first.values().size()
                + "), since a zip sets them side by side; for a product use grid");
      }
    }
    return even ? List.of(new Axis(columns)) : List.of();
  }

  private static List<Column> columns(@Nullable JsonNode node, Place place, Problems problems) {
    List<Column> columns = new ArrayList<>();
    if (node == null) {
      return columns;
    }
    if (!node.isObject() || node.isEmpty()) {
      problems.add(
          place,
          JsonText.quote(node),
          "needs an object of dotted paths, each with a list of values");
      return columns;
    }
    for (var entry : node.properties()) {
      // In quotes always, since the dots belong to the key.
      Place key = new Place(place, "[\"" + entry.getKey() + "\"]");
      ParameterPath path = ParameterPath.parse(entry.getKey(), key, problems);
      List<JsonNode> values = values(entry.getValue(), key, problems);
      if (path != null && !values.isEmpty()) {
        columns.add(new Column(path, key, values));
      }
    }
    return columns;
  }

  private static List<JsonNode> values(JsonNode given, Place key, Problems problems) {
    List<JsonNode> values = new ArrayList<>();
    JsonNode node = Spacing.isMeant(given) ? Spacing.expand(given, key, problems) : given;
    if (node == null) {
      return values;
    }
    if (!node.isArray() || node.isEmpty()) {
      problems.add(
          key,
          JsonText.quote(node),
          "needs a list of at least one value" + (node.isArray() ? "" : ", or " + Spacing.ALLOWED));
      return values;
    }
    Set<JsonNode> seen = new HashSet<>();
    for (JsonNode value : node) {
      if (!seen.add(spelling(value))) {
        problems.add(
            key.element(values.size()),
            JsonText.quote(value),
            "stands in this list already; keep one");
      }
      values.add(value);
    }
    return values;
  }

  /** Equal for equal numbers. */
  private static JsonNode spelling(JsonNode value) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    return Double.isFinite(number) ? JsonNodeFactory.instance.numberNode(number) : value;
  }
}
