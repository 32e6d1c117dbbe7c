package io.shrinklab.data;

import io.shrinklab.data.TableColumn.Role;
import io.shrinklab.spec.DataSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table's first line, and what the experiment makes of its columns.
 *
 * @param names of the columns, in order
 */
record TableHeader(List<String> names, DataSpec.Csv spec, Path file) {
  private static final int SHOWN = 50;

  TableHeader {
    names = List.copyOf(names);
  }

  /** Finds every name that is missing, stands twice, or that the experiment asks for in vain. */
  void check() throws DataException {
    List<String> problems = new ArrayList<>();
    Map<String, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Integer before = places.putIfAbsent(name, i);
      if (name.isEmpty()) {
        problems.add(
            "data.file: column "
                + (i + 1)
                + " of "
                + file
                + " has no name; give it one, or remove it");
      } else if (before != null) {
        problems.add(
            "data.file: columns %s and %s of %s are both named \"%s\"; rename one"
                .formatted(before + 1, i + 1, file, name));
      }
    }
    require("data.target", List.of(spec.target()), problems);
    require("data.columns", spec.columns(), problems);
    require("data.categorical", spec.categorical(), problems);
    require("data.group", spec.group().isEmpty() ? List.of() : List.of(spec.group()), problems);
    if (problems.isEmpty() && features().isEmpty()) {
      problems.add("data.columns: " + file + " has no column but the target to predict from");
    }
    if (!problems.isEmpty()) {
      throw new DataException(String.join("\n", problems));
    }
  }

  private void require(String key, List<String> wanted, List<String> problems) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        problems.add(
            key
                + ": found \""
                + name
                + "\"; the columns of "
                + file
                + " are "
                + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
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
        .map(name -> column(name, Role.FEATURE, spec.categorical().contains(name), cells, faults))
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
        : new CategoryColumn(spec.group(), names.indexOf(spec.group()), Role.GROUP, cells, faults);
  }

  private TableColumn column(
      String name, Role role, boolean categories, Cells cells, TableFaults faults) {
    int index = names.indexOf(name);
    return categories
        ? new CategoryColumn(name, index, role, cells, faults)
        : new NumberColumn(name, index, role, cells, faults);
  }
}
