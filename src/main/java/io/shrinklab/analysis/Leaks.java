package io.shrinklab.analysis;

import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds where rows of validation or test equal a training row. */
final class Leaks {
  private Leaks() {}

  /** One per setting of the sweep that has such rows. */
  static List<Warning.Leak> of(List<RunRecord> records) {
    // All variants of a setting share a seed's split, so one run stands for it.
    Map<String, Map<Long, RunRecord>> bySetting = new LinkedHashMap<>();
    for (RunRecord run : records) {
      if (run.equalRows() != null) {
        bySetting
            .computeIfAbsent(run.spec().variant().setting(), setting -> new TreeMap<>())
            .merge(run.spec().seed(), run, (one, other) -> most(one) >= most(other) ? one : other);
      }
    }
    List<Warning.Leak> leaks = new ArrayList<>();
    bySetting.forEach(
        (setting, bySeed) -> {
          RunRecord worst =
              bySeed.values().stream().max(Comparator.comparingInt(Leaks::most)).orElseThrow();
          EqualRows equal = worst.equalRows();
          if (equal != null && most(worst) > 0) {
            leaks.add(
                new Warning.Leak(
                    bySetting.size() > 1 ? setting : "",
                    worst.spec().seed(),
                    equal,
                    worst.sizes(),
                    bySeed.values().stream().filter(run -> most(run) > 0).count(),
                    bySeed.size()));
          }
        });
    return leaks;
  }

  private static int most(RunRecord run) {
    EqualRows equal = run.equalRows();
    return equal == null ? 0 : equal.validation() + equal.test();
  }
}
