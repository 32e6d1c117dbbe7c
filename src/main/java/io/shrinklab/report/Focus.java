package io.shrinklab.report;

import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Metric;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The variants that a chart can show on one scale. One that learned nothing would press all others
 * into a corner, so it is named beside the chart instead.
 *
 * @param outside names of the variants that lie far from all others
 */
record Focus(Set<String> outside) {
  /** A step this many times as far from the baseline as the one before leaves the crowd. */
  private static final double JUMP = 4;

  /** The crowd holds at least this share of the variants. */
  private static final double CROWD = 0.5;

  private record Distance(String name, double value) {}

  Focus {
    outside = Set.copyOf(outside);
  }

  /**
   * By the distance of best-epoch validation scores from the baseline of the same setting.
   * Distances below the baseline's interval count as that long: luck is no crowd of its own.
   */
  static Focus of(Experiment experiment, SweepAnalysis analysis) {
    Map<String, Estimate> baselines = new HashMap<>();
    for (VariantSummary variant : analysis.variants()) {
      if (experiment.isBaseline(variant.variant())) {
        baselines.put(variant.variant().setting(), variant.best().get(Metric.VALIDATION_SCORE));
      }
    }
    List<Distance> distances = new ArrayList<>();
    for (VariantSummary variant : analysis.variants()) {
      Estimate baseline = baselines.get(variant.variant().setting());
      double mean = variant.best().get(Metric.VALIDATION_SCORE).mean();
      if (baseline != null && !Double.isNaN(mean - baseline.mean())) {
        double luck = baseline.hasInterval() ? baseline.high() - baseline.mean() : 0;
        distances.add(
            new Distance(variant.name(), Math.max(luck, Math.abs(mean - baseline.mean()))));
      }
    }
    distances.sort(Comparator.comparingDouble(Distance::value));
    Set<String> outside = new HashSet<>();
    for (int i = Math.max(1, (int) Math.ceil(distances.size() * CROWD));
        i < distances.size();
        i++) {
      double before = distances.get(i - 1).value();
      if (!outside.isEmpty() || (before > 0 && distances.get(i).value() > JUMP * before)) {
        outside.add(distances.get(i).name());
      }
    }
    return new Focus(outside);
  }

  boolean holds(VariantSummary variant) {
    return !outside.contains(variant.name());
  }
}
