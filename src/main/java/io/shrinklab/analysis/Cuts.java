package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Pruning;
import io.shrinklab.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What early stopping and pruning have cut: their runs count as completed, but their last epoch is
 * not the planned one. Runs that are missing are not counted: nobody knows how long they will be.
 */
final class Cuts {
  private Cuts() {}

  static List<String> of(List<RunRecord> records) {
    List<RunRecord> stopped = new ArrayList<>();
    List<RunRecord> pruned = new ArrayList<>();
    for (RunRecord run : records) {
      TrainingSpec training = run.spec().variant().training();
      if (run.status() == RunStatus.COMPLETED && run.epochs().size() < training.epochs()) {
        (isPruned(run, training.pruning()) ? pruned : stopped).add(run);
      }
    }
    List<String> sentences = new ArrayList<>();
    sentence(sentences, stopped, records, "stopped early, out of patience");
    sentence(sentences, pruned, records, "pruned as hopeless");
    if (!sentences.isEmpty()) {
      sentences.add(
          "Of runs that were cut short, the best epoch is the best until then, and the last epoch"
              + " is the one they ended at; what they would have reached is not known.");
    }
    return sentences;
  }

  private static boolean isPruned(RunRecord run, @Nullable Pruning pruning) {
    return pruning != null
        && run.epochs().size() == pruning.afterEpochs()
        && run.best() != null
        && run.best().validationScore() < pruning.minimumScore();
  }

  private static void sentence(
      List<String> sentences, List<RunRecord> cut, List<RunRecord> all, String participle) {
    if (cut.isEmpty()) {
      return;
    }
    IntSummaryStatistics epochs =
        cut.stream().mapToInt(run -> run.epochs().size()).summaryStatistics();
    Map<String, Long> byVariant =
        cut.stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.spec().variant().name(), TreeMap::new, Collectors.counting()));
    sentences.add(
        cut.size()
            + " of "
            + Formats.count(all.size(), "run")
            + (cut.size() == 1 ? " was " : " were ")
            + participle
            + ", after "
            + (epochs.getMin() == epochs.getMax()
                ? Formats.count(epochs.getMin(), "epoch")
                : epochs.getMin() + " to " + epochs.getMax() + " epochs")
            + ": "
            + Formats.some(
                byVariant.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                    .toList())
            + ". That left out "
            + (planned(cut) - cut.stream().mapToLong(run -> run.epochs().size()).sum())
            + " of the "
            + Formats.count(planned(all), "epoch")
            + " planned.");
  }

  private static long planned(List<RunRecord> runs) {
    return runs.stream().mapToLong(run -> run.spec().variant().training().epochs()).sum();
  }
}
