package io.shrinklab.report;

import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says where rows of validation or test equal a training row; nothing where there are none. */
final class EqualRowsNotes {
  private EqualRowsNotes() {}

  /** A sentence per setting of the sweep that has such rows. */
  static List<String> of(List<RunRecord> records) {
    // All variants of a setting share a seed's split, so one run stands for it.
    Map<String, Map<Long, RunRecord>> bySetting = new LinkedHashMap<>();
    for (RunRecord run : records) {
      if (run.equalRows() != null) {
        bySetting
            .computeIfAbsent(run.spec().variant().setting(), setting -> new TreeMap<>())
            .merge(run.spec().seed(), run, (one, other) -> most(one) >= most(other) ? one : other);
      }
    }
    List<String> sentences = new ArrayList<>();
    bySetting.forEach(
        (setting, bySeed) -> {
          long leaking = bySeed.values().stream().filter(run -> most(run) > 0).count();
          if (leaking > 0) {
            RunRecord worst =
                bySeed.values().stream()
                    .max(Comparator.comparingInt(EqualRowsNotes::most))
                    .orElseThrow();
            sentences.add(
                (bySetting.size() > 1 && !setting.isEmpty() ? setting + ": " : "")
                    + sentence(worst, leaking, bySeed.size()));
          }
        });
    return sentences;
  }

  private static int most(RunRecord run) {
    EqualRows equal = run.equalRows();
    return equal == null ? 0 : equal.validation() + equal.test();
  }

  private static String sentence(RunRecord run, long leaking, int seeds) {
    EqualRows equal = run.equalRows();
    List<String> parts = new ArrayList<>();
    if (equal != null && equal.validation() > 0) {
      parts.add(equal.validation() + " of " + run.sizes().validation() + " validation rows");
    }
    if (equal != null && equal.test() > 0) {
      parts.add(equal.test() + " of " + run.sizes().test() + " test rows");
    }
    return String.join(" and ", parts)
        + " equal a training row in everything that is predicted from (seed "
        + run.spec().seed()
        + (seeds > 1 ? ", the most; " + leaking + " of " + seeds + " seeds have such rows" : "")
        + ").";
  }
}
