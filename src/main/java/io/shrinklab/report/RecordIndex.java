package io.shrinklab.report;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.RunSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records by variant and seed. */
record RecordIndex(Map<Key, RunRecord> records) {
  record Key(String variant, long seed) {}

  static RecordIndex of(List<RunRecord> records) {
    Map<Key, RunRecord> index = new HashMap<>();
    for (RunRecord run : records) {
      index.put(new Key(run.spec().variant().name(), run.spec().seed()), run);
    }
    return new RecordIndex(index);
  }

  Optional<RunRecord> find(RunSpec run) {
    return find(run.variant().name(), run.seed());
  }

  Optional<RunRecord> find(String variant, long seed) {
    return Optional.ofNullable(records.get(new Key(variant, seed)));
  }
}
