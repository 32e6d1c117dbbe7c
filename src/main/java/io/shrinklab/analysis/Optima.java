package io.shrinklab.analysis;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Linear fits on full batches have an optimum: whether they reached it, and are judged there. */
final class Optima {
  /** Judged before this share of their epochs, fits are early-stopped ones. */
  private static final double EARLY = 0.5;

  private Optima() {}

  static List<Warning> of(List<RunRecord> records) {
    List<RunRecord> measured =
        records.stream()
            .filter(run -> run.status() == RunStatus.COMPLETED)
            .filter(run -> !Double.isNaN(run.optimalityViolation()))
            .toList();
    List<Warning> warnings = new ArrayList<>();
    Map<String, Long> off =
        measured.stream()
            .filter(run -> run.optimalityViolation() > training(run).tolerance())
            .collect(
                Collectors.groupingBy(
                    run -> run.spec().variant().name(), TreeMap::new, Collectors.counting()));
    if (!off.isEmpty()) {
      warnings.add(
          new Warning.NotConverged(
              off.entrySet().stream()
                  .map(entry -> new Warning.Tally(entry.getKey(), entry.getValue()))
                  .toList(),
              measured.size(),
              measured.stream().mapToDouble(RunRecord::optimalityViolation).max().orElseThrow(),
              measured.stream().mapToDouble(run -> training(run).tolerance()).min().orElseThrow()));
    }
    early(measured).ifPresent(warnings::add);
    return warnings;
  }

  private static Optional<Warning> early(List<RunRecord> measured) {
    double bestEpochs = 0;
    double lastEpochs = 0;
    int judged = 0;
    for (RunRecord run : measured) {
      BestEpoch best = run.best();
      if (training(run).selection() == TrainingSpec.Selection.BEST
          && training(run).earlyStopping() == null
          && best != null) {
        bestEpochs += best.epoch();
        lastEpochs += run.epochs().size();
        judged++;
      }
    }
    return bestEpochs < EARLY * lastEpochs
        ? Optional.of(new Warning.JudgedEarly(bestEpochs / judged, lastEpochs / judged))
        : Optional.empty();
  }

  private static TrainingSpec training(RunRecord run) {
    return run.spec().variant().training();
  }
}
