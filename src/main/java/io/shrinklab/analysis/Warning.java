package io.shrinklab.analysis;

import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DecayRule;
import io.shrinklab.spec.Equivalence;
import java.util.List;

/** Something that a reader must know before believing the verdicts. */
public sealed interface Warning {

  /** How many of a variant's runs it is about. */
  record Tally(String variant, long runs) {}

  /**
   * Runs that enter no mean.
   *
   * @param state MISSING, FAILED or DIVERGED
   * @param variants that have such runs
   * @param planned runs of the whole sweep
   */
  record RunsLost(RunFate state, List<Tally> variants, int planned) implements Warning {}

  /** No run of a baseline completed. */
  record BaselineLost(String baseline) implements Warning {}

  /** What ends a run that could go on. */
  enum Cut {
    /** No progress for the epochs that early stopping allows. */
    PATIENCE,
    /** A score below the one that pruning asks for. */
    PRUNING,
    /** An optimum, where training was to end. */
    CONVERGED
  }

  /**
   * Completed runs whose last epoch is not the planned one.
   *
   * @param variants that have such runs, by name
   * @param runs found in all
   * @param fewestEpochs of a cut run
   * @param mostEpochs of a cut run
   * @param leftOut epochs that cut runs did not train
   * @param planned epochs of all runs found
   */
  record RunsCut(
      Cut cut,
      List<Tally> variants,
      int runs,
      int fewestEpochs,
      int mostEpochs,
      long leftOut,
      long planned)
      implements Warning {}

  /**
   * Linear fits on full batches that ended off their optimum.
   *
   * @param variants that have such runs, by name
   * @param measured runs of which it is known
   * @param worst the largest violation of the optimality condition
   * @param tolerance the smallest that counts as converged
   */
  record NotConverged(List<Tally> variants, int measured, double worst, double tolerance)
      implements Warning {}

  /**
   * Linear fits on full batches that are judged long before their end, and so before their optimum.
   *
   * @param best the mean of their best epochs
   * @param last the mean of their last epochs
   */
  record JudgedEarly(double best, double last) implements Warning {}

  /** Best and last epoch of runs that were cut are those until then. */
  record MomentsOfCutRuns() implements Warning {}

  /**
   * Runs that are compared with one another were trained on processors of different kinds, on which
   * the same run has other last digits.
   *
   * @param processors all that the sweep was trained on
   * @param mixed seeds, of a setting, whose runs are from several of them
   * @param seeds all that were looked at
   */
  record MixedProcessors(List<String> processors, int mixed, int seeds) implements Warning {}

  /** Variants whose data, network, optimizer or training is not the baseline's. */
  record MoreThanThePenalty(List<String> variants) implements Warning {}

  /**
   * The best variant of all has a strength at the edge of what was tried, and the score still rises
   * towards it by more than its error.
   *
   * @param setting what a top-level grid chose; "" without one
   */
  record BestAtEdge(String setting, String variant, String family, GridEdge edge)
      implements Warning {}

  /**
   * Variants that could not be chosen, for diverged runs or too few completed ones.
   *
   * @param setting what a top-level grid chose; "" without one
   */
  record NotCandidates(String setting, List<String> variants) implements Warning {}

  /** Variants that are one treatment, or differ in little. */
  record Alike(Equivalence.Group group) implements Warning {}

  /** L2 penalties that a rule sets against weight decays which are another L2. */
  record DecayMisfit(DecayRule.Misfit misfit) implements Warning {}

  /**
   * Rows of validation or test that equal a training row in everything that is predicted from.
   *
   * @param setting what a top-level grid chose; "" where all runs have the same
   * @param seed the one with most such rows
   * @param equal rows under that seed
   * @param sizes of that seed's parts
   * @param leaking seeds that have such rows
   * @param seeds that were looked at
   */
  record Leak(String setting, long seed, EqualRows equal, PartSizes sizes, long leaking, int seeds)
      implements Warning {}
}
