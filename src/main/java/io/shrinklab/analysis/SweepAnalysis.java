package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sweep says.
 *
 * @param scoreName the score's name, for instance {@code accuracy}; "score" when no run tells
 * @param variants every variant of the experiment, in its order
 * @param comparisons every variant but the baselines, best epoch and last epoch, in that order
 * @param selections one per setting that has a completed run
 * @param curves one per setting and family that has a completed run
 * @param answer two or three plain sentences, after one that says which stored runs it lacks
 * @param method how differences were judged, in plain sentences: to be printed beside the verdicts
 * @param warnings what the reader must know: runs missing, failed or diverged, edges of grids, a
 *     baseline that is not there; may be empty
 */
public record SweepAnalysis(
    String scoreName,
    List<VariantSummary> variants,
    List<Comparison> comparisons,
    List<Selection> selections,
    List<FamilyCurve> curves,
    List<String> answer,
    List<String> method,
    List<String> warnings) {

  /** Copies the lists. */
  public SweepAnalysis {
    variants = List.copyOf(variants);
    comparisons = List.copyOf(comparisons);
    selections = List.copyOf(selections);
    curves = List.copyOf(curves);
    answer = List.copyOf(answer);
    method = List.copyOf(method);
    warnings = List.copyOf(warnings);
  }

  /**
   * What validation chooses, in plain sentences: the winner with its test score, then each family's
   * best and the strongest penalty that is within one standard error of it.
   */
  public List<String> choices() {
    return Choices.inWords(selections, scoreName);
  }

  /** The same where every run that is stored could be read. */
  public static SweepAnalysis of(Experiment experiment, List<RunRecord> records) {
    return of(experiment, records, List.of());
  }

  /**
   * Analyses what there is of a sweep.
   *
   * @param experiment what was asked
   * @param records what was found, in any order; records of runs that the experiment does not plan
   *     are left out
   * @param lost runs that are stored and could not be read; said first
   * @throws IllegalArgumentException when a run is there twice
   */
  public static SweepAnalysis of(
      Experiment experiment, List<RunRecord> records, List<LostRun> lost) {
    String scoreName = Summaries.scoreName(records);
    List<VariantSummary> unjudged = Summaries.of(experiment, records, lost);
    List<Comparison> comparisons = Comparisons.of(experiment, unjudged, records);
    List<VariantSummary> variants = Judge.all(experiment, unjudged, comparisons);
    List<Selection> selections = Selections.of(variants);
    List<String> answer = new ArrayList<>();
    if (!lost.isEmpty()) {
      answer.add(LostRun.inWords(variants));
    }
    answer.addAll(Answer.of(experiment, scoreName, variants, comparisons, selections));
    return new SweepAnalysis(
        scoreName,
        variants,
        comparisons,
        selections,
        Curves.of(variants),
        answer,
        Rule.inWords(comparisons),
        Warnings.of(experiment, records, variants, selections));
  }
}
