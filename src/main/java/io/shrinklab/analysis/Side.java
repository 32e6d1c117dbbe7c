package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.util.List;
import java.util.Map;

/**
 * What is stored of a sweep, or of a part of it.
 *
 * @param records runs that could be read, each once
 * @param lost runs that are stored and could not
 */
public record Side(List<RunRecord> records, List<LostRun> lost) {

  /** Copies the lists. */
  public Side {
    records = List.copyOf(records);
    lost = List.copyOf(lost);
  }

  /** The runs of some variants, under other names. */
  Side as(Map<String, Variant> names) {
    return new Side(
        records.stream()
            .filter(run -> names.containsKey(run.spec().variant().name()))
            .map(run -> run.as(renamed(run.spec(), names)))
            .toList(),
        lost.stream()
            .filter(run -> names.containsKey(run.spec().variant().name()))
            .map(run -> new LostRun(renamed(run.spec(), names), run.fate(), run.reason()))
            .toList());
  }

  private static RunSpec renamed(RunSpec run, Map<String, Variant> names) {
    return new RunSpec(names.getOrDefault(run.variant().name(), run.variant()), run.seed());
  }
}
