package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.util.List;

/**
 * What is decided of a sweep's variants against one baseline.
 *
 * @param variants in the experiment's order, judged
 * @param comparisons every variant but the baselines, best epoch and last epoch, in that order
 */
public record Decisions(List<VariantSummary> variants, List<Comparison> comparisons) {

  /** Copies the lists. */
  public Decisions {
    variants = List.copyOf(variants);
    comparisons = List.copyOf(comparisons);
  }

  /** Those of an analysis. */
  public static Decisions of(SweepAnalysis analysis) {
    return new Decisions(analysis.variants(), analysis.comparisons());
  }

  /**
   * Those that {@link SweepAnalysis#of(Experiment, List)} would come to with another baseline.
   *
   * @param compared the experiment with that baseline
   * @param analysis of the same variants and records
   */
  public static Decisions against(
      Experiment compared, SweepAnalysis analysis, List<RunRecord> records) {
    List<Comparison> comparisons = Comparisons.of(compared, analysis.variants(), records);
    return new Decisions(Judge.all(compared, analysis.variants(), comparisons), comparisons);
  }
}
