package io.shrinklab.command;

import io.shrinklab.analysis.LostRun;
import io.shrinklab.analysis.RunFate;
import io.shrinklab.analysis.Side;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.DataSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that no two data sets are averaged. Runs that name their data by content cannot mix;
 * among older ones, of published sets whose content only the training process knew, those of the
 * content that most runs have are kept.
 */
final class OneContent {
  private OneContent() {}

  /** What was read, with runs of another content among the lost ones. */
  static Side of(List<RunRecord> records, List<LostRun> lost) {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (RunRecord run : records) {
      if (isTold(run)) {
        counts
            .computeIfAbsent(key(run), key -> new LinkedHashMap<>())
            .merge(run.provenance().dataSha256(), 1, Integer::sum);
      }
    }
    if (counts.values().stream().allMatch(contents -> contents.size() == 1)) {
      return new Side(records, lost);
    }
    Map<String, String> kept = new HashMap<>();
    counts.forEach(
        (key, contents) ->
            kept.put(
                key, Collections.max(contents.entrySet(), Map.Entry.comparingByValue()).getKey()));
    List<RunRecord> one = new ArrayList<>();
    List<LostRun> others = new ArrayList<>(lost);
    for (RunRecord run : records) {
      String content = run.provenance().dataSha256();
      if (!isTold(run) || content.equals(kept.get(key(run)))) {
        one.add(run);
      } else {
        others.add(
            new LostRun(
                run.spec(),
                RunFate.DAMAGED,
                "trained on other data than most runs here, sha256 "
                    + content
                    + " and not "
                    + kept.get(key(run))
                    + "; move its folder away, and run trains it anew"));
      }
    }
    return new Side(one, others);
  }

  private static boolean isTold(RunRecord run) {
    return !run.spec().variant().data().source().isEmpty()
        && !run.provenance().dataSha256().isEmpty();
  }

  private static String key(RunRecord run) {
    DataSpec data = run.spec().variant().data();
    return data.source() + " " + data.checksum();
  }
}
