package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A variant's completed runs at one moment, metric by metric over seeds. */
public final class MomentSummary {
  private final Map<Metric, Estimate> estimates = new EnumMap<>(Metric.class);

  private MomentSummary() {}

  static MomentSummary of(List<EpochMetrics> rows) {
    MomentSummary summary = new MomentSummary();
    for (Metric metric : Metric.values()) {
      double[] values = rows.stream().mapToDouble(row -> row.get(metric)).toArray();
      summary.estimates.put(metric, Estimate.of(values));
    }
    return summary;
  }

  /** Over the runs that have it. */
  public Estimate get(Metric metric) {
    return Objects.requireNonNull(estimates.get(metric));
  }
}
