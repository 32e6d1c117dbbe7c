package io.shrinklab.analysis;

import io.shrinklab.spec.Experiment;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what would settle what is still open: the first of these that is needed. */
final class NextSteps {
  /** Seeds that nobody will train. */
  private static final int MOST_SEEDS = 10_000;

  /** How many times as many seeds are proposed where no margin says what is enough. */
  private static final int TIMES = 4;

  /** They must find a difference of at most this share of what is found today. */
  private static final double WORTH_WHILE = 0.8;

  /** Seeds for a first look where there are too few for any interval. */
  private static final int FIRST_SEEDS = 10;

  private NextSteps() {}

  static NextStep of(
      Experiment experiment,
      List<VariantSummary> variants,
      List<Comparison> comparisons,
      List<Warning> warnings,
      @Nullable Monitoring monitoring) {
    long missing =
        monitoring == null
            ? variants.stream().mapToLong(variant -> variant.counts().absent()).sum()
            : monitoring.missing();
    if (missing > 0) {
      return new NextStep.RunMissing(missing);
    }
    for (Warning warning : warnings) {
      if (warning instanceof Warning.BestAtEdge edge) {
        return new NextStep.ExtendGrid(edge.family(), edge.edge());
      }
    }
    return seeds(experiment, comparisons);
  }

  private static NextStep seeds(Experiment experiment, List<Comparison> comparisons) {
    List<Comparison> atBest =
        comparisons.stream().filter(each -> each.moment() == Moment.BEST_EPOCH).toList();
    List<String> few = names(atBest, Verdict.TOO_FEW_SEEDS);
    if (!few.isEmpty()) {
      return new NextStep.MoreSeeds(FIRST_SEEDS, Double.NaN, few);
    }
    List<String> names = names(atBest, Verdict.NO_DIFFERENCE_SHOWN);
    // The one that a reader would pick. Differences that do not vary tell nothing of seeds.
    Comparison leader =
        atBest.stream()
            .filter(each -> each.verdict() == Verdict.NO_DIFFERENCE_SHOWN)
            .filter(each -> each.score().detectable() > 0)
            .max(Comparator.comparingDouble(each -> each.score().mean()))
            .orElse(null);
    if (leader == null) {
      return new NextStep.Nothing();
    }
    int seeds = leader.score().n();
    double found = leader.score().detectable();
    double reachable = detectable(leader, MOST_SEEDS);
    double asked =
        experiment.judging().hasMargin()
            ? experiment.judging().margin()
            : detectable(leader, TIMES * seeds);
    boolean worthWhile = experiment.judging().hasMargin() || asked <= WORTH_WHILE * found;
    if (reachable > asked || !worthWhile) {
      return new NextStep.MoreRows(worthWhile ? asked : found / 2, reachable, names);
    }
    // Twice as many seeds are the least that is worth another call.
    int low = 2 * seeds;
    int high = Math.max(low, MOST_SEEDS);
    while (low < high) {
      int middle = (low + high) / 2;
      if (detectable(leader, middle) <= asked) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int needed = rounded(low);
    return new NextStep.MoreSeeds(needed, detectable(leader, needed), names);
  }

  private static List<String> names(List<Comparison> comparisons, Verdict verdict) {
    return comparisons.stream()
        .filter(each -> each.verdict() == verdict)
        .map(Comparison::variant)
        .toList();
  }

  /** The smallest difference that so many seeds find, if all else stays. */
  private static double detectable(Comparison comparison, int seeds) {
    Contrast score = comparison.score();
    return Power.noncentrality(Rule.POWER, seeds - 1, score.level())
        * score.difference().standardDeviation()
        * Math.sqrt(1.0 / seeds + comparison.ratio());
  }

  /** Up to a number that people would type: 20, 45, 130. */
  private static int rounded(int seeds) {
    int unit = seeds < 100 ? 5 : 10;
    return (seeds + unit - 1) / unit * unit;
  }
}
