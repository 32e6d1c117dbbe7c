package io.shrinklab.report;

import io.shrinklab.analysis.EpochValues;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.PageData.Interval;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Accuracy beside a score that is another measure: that of multi-label tasks. */
final class Accuracies {
  private Accuracies() {}

  /**
   * Validation accuracy at the best epoch, mean over the completed runs.
   *
   * @return an interval per variant in the analysis' order; empty where no run has an accuracy
   */
  static List<Interval> of(SweepAnalysis analysis, List<RunRecord> records) {
    RecordIndex index = RecordIndex.of(records);
    List<Interval> all =
        analysis.variants().stream().map(variant -> interval(variant, index)).toList();
    return all.stream().allMatch(interval -> interval.n() == 0) ? List.of() : all;
  }

  private static Interval interval(VariantSummary variant, RecordIndex index) {
    Estimate estimate =
        Estimate.of(
            variant.runs().stream()
                .filter(RunSummary::completed)
                .mapToDouble(
                    run -> {
                      EpochMetrics best =
                          index
                              .find(new RunSpec(variant.variant(), run.seed()))
                              .map(record -> epoch(record, run.best()))
                              .orElse(null);
                      return best == null ? Double.NaN : best.validationAccuracy();
                    })
                .toArray());
    return new Interval(estimate.mean(), estimate.low(), estimate.high(), estimate.n());
  }

  /** The row of a moment; null where there is none. */
  static @Nullable EpochMetrics epoch(RunRecord record, @Nullable EpochValues moment) {
    return moment == null || moment.epoch() > record.epochs().size()
        ? null
        : record.epochs().get(moment.epoch() - 1);
  }
}
