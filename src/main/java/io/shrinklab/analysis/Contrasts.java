package io.shrinklab.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Differences seen among all that a sweep asks: the score and the loss of every variant at both
 * moments, under one error.
 */
final class Contrasts {
  private record Level(int degrees, double level) {}

  /** What is asked of a variant at one moment. */
  record Chained(Contrast score, Contrast loss, Contrast train) {}

  private final MinP joint;
  private final double level;
  private final double critical;
  private final double margin;
  private final Map<Level, Double> noncentralities = new HashMap<>();

  private Contrasts(MinP joint, double margin, double level) {
    this.joint = joint;
    this.margin = margin;
    this.level = level;
    critical = joint.critical(level);
  }

  /**
   * Every score and loss of the drafts that can be tested is one comparison.
   *
   * @param seeds of the experiment
   * @param margin differences of the score within it do not matter; NaN for none
   * @param level what may be spent on all of them together
   */
  static Contrasts among(
      List<Comparisons.Draft> drafts, List<Long> seeds, double margin, double level) {
    List<double[]> residuals = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (Comparisons.Draft draft : drafts) {
      if (draft.score().size() >= Rule.PAIRS) {
        residuals.add(draft.score().residuals(seeds));
        weights.add(own(draft.moment()));
        residuals.add(draft.loss().residuals(seeds));
        weights.add(Rule.LOSS);
      }
    }
    return new Contrasts(
        new MinP(
            residuals.toArray(double[][]::new),
            weights.stream().mapToDouble(each -> each).toArray()),
        margin,
        level);
  }

  /** Differences of the score that each claim the same of the whole error. */
  static Contrasts among(List<Pairs> differences, List<Long> seeds) {
    return new Contrasts(
        new MinP(
            differences.stream()
                .filter(each -> each.size() >= Rule.PAIRS)
                .map(each -> each.residuals(seeds))
                .toArray(double[][]::new),
            differences.stream()
                .filter(each -> each.size() >= Rule.PAIRS)
                .mapToDouble(each -> 1)
                .toArray()),
        Double.NaN,
        Rule.LEVEL);
  }

  /** One of these. */
  Contrast contrast(PairedDifference difference) {
    return contrast(difference, 1, margin, 1);
  }

  /** What a score may claim by itself. */
  private static double own(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> 1;
      case LAST_EPOCH -> Rule.LAST_SCORE;
    };
  }

  /**
   * The scores of a variant, each behind the one before.
   *
   * @param moments of one variant, best epoch first
   * @param beyond whether the claim is about more than these rows
   */
  List<Contrast> scores(List<Comparisons.Draft> moments, boolean beyond) {
    List<Contrast> scores = new ArrayList<>();
    double passed = 0;
    for (Comparisons.Draft draft : moments) {
      Contrast score =
          contrast(
              draft.score().difference(beyond ? draft.ratio() : 0),
              Math.max(own(draft.moment()), passed),
              margin,
              1);
      passed = score.excludesZero() ? 1 : 0;
      scores.add(score);
    }
    return scores;
  }

  /**
   * A variant's comparisons one behind the other, best epoch before last and scores before losses:
   * where one is decided, the next may claim what that one claimed.
   *
   * @param moments of one variant, best epoch first
   * @param beyond whether the claim is about more than these rows
   */
  Map<Comparisons.Draft, Chained> chain(List<Comparisons.Draft> moments, boolean beyond) {
    List<Contrast> scores = scores(moments, beyond);
    double passed = scores.get(scores.size() - 1).excludesZero() ? 1 : 0;
    Map<Comparisons.Draft, Chained> chained = new HashMap<>();
    for (int i = 0; i < moments.size(); i++) {
      Comparisons.Draft draft = moments.get(i);
      double ratio = beyond ? draft.ratio() : 0;
      Contrast loss =
          contrast(draft.loss().difference(ratio), Math.max(Rule.LOSS, passed), Double.NaN, -1);
      passed = loss.excludesZero() ? passed : 0;
      chained.put(
          draft,
          new Chained(
              scores.get(i),
              loss,
              // Asked only where the score is worse, so with that score's claim.
              contrast(
                  draft.train().difference(beyond ? draft.trainingRatio() : 0), 1, Double.NaN, 1)));
    }
    return chained;
  }

  private Contrast contrast(
      PairedDifference difference, double weight, double within, int direction) {
    if (!difference.hasInterval()) {
      return new Contrast(
          difference,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Verdict.TOO_FEW_SEEDS);
    }
    double mean = difference.mean();
    double error = difference.standardError();
    int degrees = difference.n() - 1;
    double low;
    double high;
    if (error > 0) {
      double half =
          error * TDistribution.of(degrees).inverseSurvivalProbability(critical * weight / 2);
      low = mean - half;
      high = mean + half;
    } else {
      // Equal differences give an interval no scale: it is the point, or, where signs alone do not
      // tell it from luck, reaches to 0.
      boolean called = difference.pValue() / weight <= critical;
      low = called ? mean : Math.min(0, mean);
      high = called ? mean : Math.max(0, mean);
    }
    return new Contrast(
        difference,
        low,
        high,
        Math.min(1, joint.adjusted(difference.pValue() / weight) * Rule.LEVEL / level),
        critical * weight,
        error
            * noncentralities.computeIfAbsent(
                new Level(degrees, critical * weight),
                key -> Power.noncentrality(Rule.POWER, key.degrees(), key.level())),
        verdict(low, high, within, direction));
  }

  private static Verdict verdict(double low, double high, double within, int direction) {
    if (low > -within && high < within) {
      return Verdict.EQUIVALENT;
    }
    if (low > 0 || high < 0) {
      return (low > 0) == (direction > 0) ? Verdict.BETTER : Verdict.WORSE;
    }
    return Verdict.NO_DIFFERENCE_SHOWN;
  }
}
