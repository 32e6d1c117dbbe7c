package io.shrinklab.data;

import io.shrinklab.data.TableColumn.Role;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table's first line, and what the experiment makes of its columns. */
final class TableHeader {
  private static final int SHOWN = 50;

  private final List<String> names;
  private final DataSpec.Csv spec;
  private final Path file;
  private final Set<String> categorical;

  /** Where each name stands first. */
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Of a file.
   *
   * @param names of the columns, in order
   */
  TableHeader(List<String> names, DataSpec.Csv spec, Path file) {
    this.names = List.copyOf(names);
    this.spec = spec;
    this.file = file;
    this.categorical = Set.copyOf(spec.categorical());
    for (int i = 0; i < names.size(); i++) {
      places.putIfAbsent(names.get(i), i);
    }
  }

  /** How many columns there are. */
  int width() {
    return names.size();
  }

  /** Finds every name that is missing, stands twice, or that the experiment asks for in vain. */
  void check() throws DataException {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int first = place(name);
      if (name.isEmpty()) {
        problems.add(
            "data.file: column "
                + (i + 1)
                + " of "
                + file
                + " has no name; give it one, or remove it");
      } else if (first < i) {
        problems.add(
            "data.file: columns %s and %s of %s are both named %s; rename one"
                .formatted(first + 1, i + 1, file, Visible.quoted(name)));
      }
    }
    require("data.target", List.of(spec.target()), problems);
    require("data.columns", spec.columns(), problems);
    require("data.categorical", spec.categorical(), problems);
    require("data.group", spec.group().isEmpty() ? List.of() : List.of(spec.group()), problems);
    if (problems.isEmpty() && features().isEmpty()) {
      problems.add("data.columns: " + file + " has no column but the target to predict from");
    }
    DataException.throwIfAny(problems);
  }

  private int place(String name) {
    return places.getOrDefault(name, -1);
  }

  private void require(String key, List<String> wanted, List<String> problems) {
    for (String name : wanted) {
      if (place(name) < 0) {
        problems.add(
            key
                + ": found "
                + Visible.quoted(name)
                + "; the columns of "
                + file
                + " are "
                + names.stream().limit(SHOWN).map(Visible::word).collect(Collectors.joining(", "))
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "")
                + separatorHint());
      }
    }
  }

  /** A table that seems to have one column is written with another separator. */
  private String separatorHint() {
    if (names.size() != 1) {
      return "";
    }
    return Stream.of(";", ",", "\t", "|")
        .filter(names.get(0)::contains)
        .findFirst()
        .map(
            sign ->
                "; is it one column, or is the separator another? Then write \"separator\": \""
                    + sign.replace("\t", "\\t")
                    + "\" into data")
        .orElse("");
  }

  private List<String> features() {
    return spec.columns().isEmpty()
        ? names.stream()
            .filter(name -> !name.equals(spec.target()) && !name.equals(spec.group()))
            .toList()
        : spec.columns();
  }

  /** The columns to predict from. */
  List<TableColumn> features(Cells cells, TableFaults faults) {
    return features().stream()
        .map(name -> column(name, Role.FEATURE, categorical.contains(name), cells, faults))
        .toList();
  }

  /** The column to predict. */
  TableColumn target(Cells cells, TableFaults faults) {
    boolean classes = spec.task() == DataSpec.Target.CLASSIFICATION;
    return column(spec.target(), Role.TARGET, classes, cells, faults);
  }

  /** The column that keeps rows together; null for none. */
  @Nullable CategoryColumn group(Cells cells, TableFaults faults) {
    return spec.group().isEmpty()
        ? null
        : new CategoryColumn(spec.group(), place(spec.group()), Role.GROUP, cells, faults);
  }

  private TableColumn column(
      String name, Role role, boolean categories, Cells cells, TableFaults faults) {
    int index = place(name);
    return categories
        ? new CategoryColumn(name, index, role, cells, faults)
        : new NumberColumn(name, index, role, cells, faults);
  }
}
