package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.TrainingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep says.
 *
 * @param scoreName the score's name, for instance {@code accuracy}; "score" when no run tells
 * @param variants every variant of the experiment, in its order
 * @param comparisons every variant but the baselines, best epoch and last epoch, in that order
 * @param selections one per setting that has a completed run
 * @param curves one per setting and family that has a completed run
 * @param warnings what the reader must know: runs missing, failed, diverged or cut, edges of grids,
 *     a baseline that is not there; may be empty
 * @param nextStep what would settle what is still open
 * @param judging what the author asks of a decision
 * @param monitoring how it went where the sweep was looked at several times; else null
 * @param leaks settings in which rows of validation or test equal a training row; may be empty
 */
public record SweepAnalysis(
    String scoreName,
    List<VariantSummary> variants,
    List<Comparison> comparisons,
    List<Selection> selections,
    List<FamilyCurve> curves,
    List<Warning> warnings,
    NextStep nextStep,
    Experiment.Judging judging,
    @Nullable Monitoring monitoring,
    List<Warning.Leak> leaks) {

  /** Copies the lists. */
  public SweepAnalysis {
    variants = List.copyOf(variants);
    comparisons = List.copyOf(comparisons);
    selections = List.copyOf(selections);
    curves = List.copyOf(curves);
    warnings = List.copyOf(warnings);
    leaks = List.copyOf(leaks);
  }

  /**
   * The moments at which it is judged, the decisive one first. Where that is the last epoch alone,
   * comparisons of both moments hold the same numbers, tested once.
   */
  public List<Moment> moments() {
    return Moment.of(variants);
  }

  /** The moment whose comparisons are the verdicts. */
  public Moment decisive() {
    return moments().get(0);
  }

  /** Whether some runs are judged at their last epoch because the experiment says so. */
  public boolean selectsLast() {
    return variants.stream()
        .anyMatch(each -> each.variant().training().selection() == TrainingSpec.Selection.LAST);
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
   * @param lost runs that are stored and could not be read
   * @throws IllegalArgumentException when a run is there twice
   */
  public static SweepAnalysis of(
      Experiment experiment, List<RunRecord> records, List<LostRun> lost) {
    List<VariantSummary> variants = Summaries.of(experiment, records, lost);
    return of(experiment, records, variants, Comparisons.of(experiment, variants, records), null);
  }

  /**
   * The same of a sweep that was looked at several times.
   *
   * @param experiment with the seeds of the first look, as its file has them
   */
  public static SweepAnalysis of(
      Experiment experiment, List<RunRecord> records, List<LostRun> lost, Looks looks) {
    Experiment extended = looks.extend(experiment);
    Sequential sequential = Sequential.of(extended, records, lost, looks);
    return of(
        extended,
        records,
        Summaries.of(extended, sequential::seeds, records, lost),
        sequential.comparisons(),
        sequential.monitoring());
  }

  private static SweepAnalysis of(
      Experiment experiment,
      List<RunRecord> records,
      List<VariantSummary> unjudged,
      List<Comparison> comparisons,
      @Nullable Monitoring monitoring) {
    List<VariantSummary> variants = Judge.all(experiment, unjudged, comparisons);
    List<Selection> selections = Selections.of(experiment, variants, records);
    List<Warning> warnings = Warnings.of(experiment, records, variants, selections);
    return new SweepAnalysis(
        Summaries.scoreName(records),
        variants,
        comparisons,
        selections,
        Curves.of(variants),
        warnings,
        NextSteps.of(experiment, variants, comparisons, warnings, monitoring),
        experiment.judging(),
        monitoring,
        Leaks.of(records));
  }
}
