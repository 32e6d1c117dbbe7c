package io.shrinklab.analysis;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From run records to a summary per variant, without verdicts. */
final class Summaries {
  private Summaries() {}

  private record Key(String variant, long seed) {}

  static String scoreName(Collection<RunRecord> records) {
    return records.stream()
        .map(RunRecord::scoreName)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("score");
  }

  static List<VariantSummary> of(
      Experiment experiment, List<RunRecord> records, List<LostRun> lost) {
    return of(experiment, variant -> experiment.seeds(), records, lost);
  }

  /**
   * The same where not every variant is asked with all seeds.
   *
   * @param seeds the first of the experiment's, so many for each variant
   */
  static List<VariantSummary> of(
      Experiment experiment,
      Function<Variant, List<Long>> seeds,
      List<RunRecord> records,
      List<LostRun> lost) {
    Map<Key, RunRecord> found = new HashMap<>();
    for (RunRecord run : records) {
      Key key = new Key(run.spec().variant().name(), run.spec().seed());
      if (found.put(key, run) != null) {
        throw new IllegalArgumentException(
            "the results hold " + run.spec().label() + " twice; allowed is one record per run");
      }
    }
    Map<Key, LostRun> unusable = new HashMap<>();
    for (LostRun run : lost) {
      unusable.put(new Key(run.spec().variant().name(), run.spec().seed()), run);
    }
    List<VariantSummary> summaries = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      List<RunSummary> runs = new ArrayList<>();
      for (long seed : seeds.apply(variant)) {
        Key key = new Key(variant.name(), seed);
        RunRecord run = found.get(key);
        runs.add(run == null ? without(seed, unusable.get(key)) : run(seed, run));
      }
      summaries.add(summary(variant, runs));
    }
    return summaries;
  }

  private static RunSummary without(long seed, @Nullable LostRun lost) {
    return new RunSummary(
        seed,
        lost == null ? RunFate.MISSING : lost.fate(),
        lost == null ? "" : lost.reason(),
        0,
        null,
        null,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  private static RunSummary run(long seed, RunRecord run) {
    List<EpochMetrics> epochs = run.epochs();
    BestEpoch chosen = run.best();
    EpochMetrics best = null;
    EpochMetrics last = null;
    double lowestLoss = Double.POSITIVE_INFINITY;
    for (EpochMetrics row : epochs) {
      last = row;
      lowestLoss = Math.min(lowestLoss, row.validationLoss());
      if (chosen != null && row.epoch() == chosen.epoch()) {
        best = last;
      }
    }
    return new RunSummary(
        seed,
        RunFate.of(run.status()),
        run.reason(),
        epochs.size(),
        best,
        last,
        chosen == null ? Double.NaN : chosen.testScore(),
        chosen == null ? Double.NaN : chosen.testLoss(),
        run.chanceScore(),
        last == null ? Double.NaN : last.validationLoss() - lowestLoss);
  }

  private static VariantSummary summary(Variant variant, List<RunSummary> runs) {
    List<RunSummary> completed = runs.stream().filter(RunSummary::completed).toList();
    return new VariantSummary(
        variant,
        new RunCounts(
            runs.size(),
            count(runs, RunFate.COMPLETED),
            count(runs, RunFate.DIVERGED),
            count(runs, RunFate.FAILED),
            count(runs, RunFate.MISSING),
            count(runs, RunFate.DAMAGED),
            count(runs, RunFate.UNREADABLE)),
        at(completed, Moment.BEST_EPOCH),
        at(completed, Moment.LAST_EPOCH),
        Estimate.of(completed.stream().mapToDouble(Summaries::bestEpoch).toArray()),
        Estimate.of(completed.stream().mapToDouble(RunSummary::testScore).toArray()),
        Estimate.of(completed.stream().mapToDouble(RunSummary::lossRise).toArray()),
        Estimate.of(completed.stream().mapToDouble(RunSummary::chanceScore).toArray()),
        runs,
        Verdict.NOT_RUN,
        null,
        null);
  }

  private static double bestEpoch(RunSummary run) {
    return run.best() == null ? Double.NaN : run.best().epoch();
  }

  private static int count(List<RunSummary> runs, RunFate state) {
    return (int) runs.stream().filter(run -> run.state() == state).count();
  }

  private static MomentSummary at(List<RunSummary> runs, Moment moment) {
    return MomentSummary.of(
        runs.stream().map(run -> run.at(moment)).filter(Objects::nonNull).toList());
  }
}
