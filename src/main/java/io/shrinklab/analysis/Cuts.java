package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Pruning;
import io.shrinklab.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.EnumMap;
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

  static List<Warning> of(List<RunRecord> records) {
    Map<Warning.Cut, List<RunRecord>> runs = new EnumMap<>(Warning.Cut.class);
    for (RunRecord run : records) {
      TrainingSpec training = run.spec().variant().training();
      if (run.status() == RunStatus.COMPLETED && run.epochs().size() < training.epochs()) {
        runs.computeIfAbsent(cut(run, training.pruning()), cut -> new ArrayList<>()).add(run);
      }
    }
    List<Warning> warnings = new ArrayList<>();
    runs.forEach((cut, those) -> warnings.add(warning(cut, those, records)));
    if (runs.keySet().stream().anyMatch(cut -> cut != Warning.Cut.CONVERGED)) {
      warnings.add(new Warning.MomentsOfCutRuns());
    }
    return warnings;
  }

  private static Warning.Cut cut(RunRecord run, @Nullable Pruning pruning) {
    TrainingSpec training = run.spec().variant().training();
    if (training.until() == TrainingSpec.Until.CONVERGED
        && run.optimalityViolation() <= training.tolerance()) {
      return Warning.Cut.CONVERGED;
    }
    return pruning != null
            && run.epochs().size() == pruning.afterEpochs()
            && run.best() != null
            && run.best().validationScore() < pruning.minimumScore()
        ? Warning.Cut.PRUNING
        : Warning.Cut.PATIENCE;
  }

  private static Warning warning(Warning.Cut cut, List<RunRecord> runs, List<RunRecord> all) {
    IntSummaryStatistics epochs =
        runs.stream().mapToInt(run -> run.epochs().size()).summaryStatistics();
    Map<String, Long> byVariant =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> run.spec().variant().name(), TreeMap::new, Collectors.counting()));
    return new Warning.RunsCut(
        cut,
        byVariant.entrySet().stream()
            .map(entry -> new Warning.Tally(entry.getKey(), entry.getValue()))
            .toList(),
        all.size(),
        epochs.getMin(),
        epochs.getMax(),
        planned(runs) - epochs.getSum(),
        planned(all));
  }

  private static long planned(List<RunRecord> runs) {
    return runs.stream().mapToLong(run -> run.spec().variant().training().epochs()).sum();
  }
}
