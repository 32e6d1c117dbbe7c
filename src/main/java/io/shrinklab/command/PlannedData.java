package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DrawnParts;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.DataCheck;
import io.shrinklab.wording.Formats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a plan says of the data of the runs that are to be done. */
final class PlannedData {
  private static final int SHOWN = 10;

  private PlannedData() {}

  /**
   * Looks at all data as {@code run} does before it trains, but downloads nothing.
   *
   * @param directory with data sets already downloaded; null for none
   * @return a line per data set and size, at most ten
   * @throws DataException where {@code run} would refuse
   */
  static List<String> check(Experiment experiment, SweepFolder folder, @Nullable Path directory)
      throws DataException {
    Map<DataSpec, List<DrawnParts>> parts = new LinkedHashMap<>();
    Set<String> absent = new LinkedHashSet<>();
    try (DataSets sets = new DataSets(directory)) {
      DataCheck check = new DataCheck(sets);
      for (RunSpec run : (Iterable<RunSpec>) experiment.runs()::iterator) {
        DataSpec data = run.variant().data();
        if (check.knows(run) || folder.exists(run)) {
          continue;
        }
        if (sets.isHere(data)) {
          check
              .check(run)
              .ifPresent(drawn -> parts.computeIfAbsent(data, of -> new ArrayList<>()).add(drawn));
        } else {
          absent.add(KindTable.name(data.getClass()) + " is not on this machine: run downloads it");
        }
      }
    }
    List<String> lines = new ArrayList<>(absent);
    parts.entrySet().stream()
        .limit(SHOWN)
        .forEach(entry -> lines.add(line(entry.getKey(), entry.getValue())));
    if (parts.size() > SHOWN) {
      lines.add("... and " + (parts.size() - SHOWN) + " sizes more");
    }
    return lines;
  }

  private static String line(DataSpec data, List<DrawnParts> drawn) {
    DrawnParts first = drawn.get(0);
    return "Rows: training "
        + range(drawn, PartSizes::train)
        + ", validation "
        + range(drawn, PartSizes::validation)
        + ", test "
        + range(drawn, PartSizes::test)
        + (first.groups() == 0
            ? ""
            : ", parts of whole groups, of which %s has %s".formatted(data.group(), first.groups()))
        + (first.dropped() == 0
            ? ""
            : "; left out for a missing value: " + Formats.count(first.dropped(), "row"));
  }

  private static String range(List<DrawnParts> drawn, ToIntFunction<PartSizes> size) {
    IntStream sizes = drawn.stream().map(DrawnParts::sizes).mapToInt(size);
    var seen = sizes.summaryStatistics();
    return seen.getMin() == seen.getMax()
        ? Integer.toString(seen.getMin())
        : seen.getMin() + " to " + seen.getMax();
  }
}
