package io.shrinklab.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.shrinklab.outcome.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the page shows, as it is embedded in it. Colours are for the light and the dark
 * theme; NaN stands for what is not known and becomes null.
 *
 * @param stride mean curves hold epochs 1, 1 + stride, ... and the last
 * @param runStride the same for the curves of single runs; 0 when they are left out for their size
 * @param rerun the command that trains one run again, up to the variant's name; null when the
 *     sweep's name is not safe in a shell
 * @param coefficients paths of linear fits with one output; empty for other networks
 * @param margin differences of the score up to it do not matter; NaN where none is named
 * @param against the decisions; the first are against the experiment's baseline, others against
 *     other entries where there is room for them
 * @param axes settings in which variants differ; empty where only the penalty varies
 * @param effects of these where they can be told, the largest share first
 * @param moments {@code best} and {@code last}, the decisive one first; one where runs are judged
 *     at their last epoch alone
 * @param live how far the sweep is; null once it is over
 */
record PageData(
    String name,
    String description,
    String score,
    List<Long> seeds,
    List<String> settings,
    List<Family> families,
    List<VariantData> variants,
    List<RunData> runs,
    List<LayerRun> layers,
    int stride,
    int runStride,
    @Nullable String rerun,
    List<CoefficientPath> coefficients,
    double margin,
    List<Against> against,
    List<Axis> axes,
    List<Effect> effects,
    List<String> moments,
    @Nullable Live live) {

  /** A setting that varies, with its values in order; "" before them where variants have none. */
  record Axis(String path, List<String> values) {}

  /**
   * What a setting does on average over the others.
   *
   * @param share of the variation, from 0 to 1
   * @param levels values that enter
   */
  record Effect(String name, double share, List<Level> levels) {}

  /** A value of a setting; its effect has simultaneous intervals. */
  record Level(String value, int variants, double mean, Interval effect, double adjusted) {}

  /**
   * A family of penalties.
   *
   * @param mark a symbol name of the chart library
   * @param path the symbol as an SVG path in a box of 10 x 10
   */
  record Family(String name, String light, String dark, String mark, String path) {}

  /** A mean with its interval; low and high are NaN without one. */
  record Interval(double mean, double low, double high, int n) {}

  /**
   * A variant at its best or last epoch.
   *
   * @param metrics by {@link Metric#field}
   */
  record AtMoment(@JsonAnyGetter Map<String, Interval> metrics) {}

  /**
   * What a variant gains over a baseline at its best or last epoch.
   *
   * @param difference of the validation score, with its simultaneous interval
   * @param trainDifference of the training score, likewise
   */
  record Decision(
      @Nullable Interval difference,
      @Nullable Interval trainDifference,
      double adjusted,
      String verdict,
      String criterion) {}

  /**
   * What is decided of a variant.
   *
   * @param baseline whether the others of its setting are compared with it
   * @param overfits why it is said to overfit; empty when it is not
   */
  record Decided(boolean baseline, Decision best, Decision last, String overfits) {}

  /**
   * What is decided where one entry is the baseline.
   *
   * @param variants as {@link PageData#variants}
   */
  record Against(String baseline, List<Decided> variants) {}

  /** A mean over seeds by epoch, with the ends of its interval. */
  record Band(List<Double> mean, List<Double> low, List<Double> high) {}

  /** The curves of a variant over its {@code n} epochs, by {@link Metric#field}. */
  record Bands(int n, @JsonAnyGetter Map<String, Band> metrics) {}

  /**
   * A variant.
   *
   * @param family index of its family; -1 without a penalty
   * @param outside whether it lies too far from the others to share their scale
   * @param command whether its name is safe in a shell
   * @param dash of its lines, drawn and left out in turn; empty for a solid line
   * @param settings its value of everything that differs between variants, by path
   * @param lambdaMin whether validation chose it in its family
   * @param lambda1se whether it is its family's strongest within one standard error of that
   */
  record VariantData(
      String name,
      String setting,
      int family,
      double p,
      double strength,
      String light,
      String dark,
      boolean outside,
      boolean command,
      int completed,
      int planned,
      AtMoment best,
      AtMoment last,
      Interval epochsToBest,
      Interval testScore,
      @Nullable Bands curves,
      Map<String, String> settings,
      boolean lambdaMin,
      boolean lambda1se,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> dash) {}

  /**
   * A planned run.
   *
   * @param v index of its variant
   * @param curves by {@link Metric#field}
   */
  record RunData(
      int v,
      long seed,
      String state,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason,
      int n,
      double bestEpoch,
      double bestValidationScore,
      double lastValidationScore,
      double testScore,
      double seconds,
      @Nullable Map<String, List<Double>> curves) {}

  /** A layer of a run at some epochs; a histogram is counts over [-limit, limit]. */
  record Layer(
      String name,
      long weights,
      double limit,
      List<Double> lpNorm,
      List<Double> nearZeroFraction,
      List<Double> exactZeroFraction,
      List<List<Integer>> histograms) {}

  /**
   * A feature's coefficient along a path.
   *
   * @param means over runs, by strength
   * @param zeros in how many runs it is exactly 0, by strength
   * @param dash 0 for a solid line, 1 for dashes, 2 for dots
   */
  record CoefficientLine(
      String feature,
      List<Double> means,
      List<Integer> zeros,
      String light,
      String dark,
      int dash) {}

  /**
   * The coefficients of a family of penalties by strength.
   *
   * @param strengths from strong to weak; last 0, where there is a baseline without a penalty
   * @param runs how many runs each strength has
   * @param others features without a line, since theirs are smaller
   */
  record CoefficientPath(
      String name,
      List<Double> strengths,
      List<Integer> runs,
      List<CoefficientLine> lines,
      int others) {}

  /** The layers of a run at {@code epochs}. */
  record LayerRun(int v, long seed, List<Integer> epochs, List<Layer> layers) {}
}
