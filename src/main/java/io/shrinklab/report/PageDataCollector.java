package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.Decisions;
import io.shrinklab.analysis.Estimate;
import io.shrinklab.analysis.Factor;
import io.shrinklab.analysis.FamilyChoice;
import io.shrinklab.analysis.MainEffect;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.MomentSummary;
import io.shrinklab.analysis.RunFate;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.Selection;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.PageData.Against;
import io.shrinklab.report.PageData.AtMoment;
import io.shrinklab.report.PageData.Band;
import io.shrinklab.report.PageData.Bands;
import io.shrinklab.report.PageData.Decided;
import io.shrinklab.report.PageData.Decision;
import io.shrinklab.report.PageData.Family;
import io.shrinklab.report.PageData.Interval;
import io.shrinklab.report.PageData.LayerRun;
import io.shrinklab.report.PageData.RunData;
import io.shrinklab.report.PageData.VariantData;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.wording.Effects;
import io.shrinklab.wording.Verdicts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what the page shows, thinned so that a large sweep still gives a page of some 2 MB. */
final class PageDataCollector {
  /** Numbers in all mean curves together. */
  private static final int BAND_NUMBERS = 60_000;

  /** Numbers in all curves of single runs together. */
  private static final int RUN_NUMBERS = 60_000;

  /** Variants that may each be the baseline; the decisions grow by their square. */
  private static final int MOST_BASELINES = 24;

  /** Variants of which a run's layers are shown; with more, none would have epochs enough. */
  static final int MOST_LAYERED = 240;

  /** Fewer points than this are no curve. */
  private static final int LEAST_POINTS = 12;

  /** What is drawn over epochs. */
  private static final List<Metric> CURVES =
      List.of(
          Metric.TRAIN_SCORE, Metric.VALIDATION_SCORE, Metric.TRAIN_LOSS, Metric.VALIDATION_LOSS);

  /** What is shown of each moment, where the sweep has it. */
  private static final Map<Moment, List<Metric>> AT_MOMENT =
      Map.of(
          Moment.BEST_EPOCH,
          List.of(Metric.VALIDATION_SCORE, Metric.TRAIN_SCORE, Metric.VALIDATION_ACCURACY),
          Moment.LAST_EPOCH,
          List.of(
              Metric.VALIDATION_SCORE,
              Metric.TRAIN_SCORE,
              Metric.VALIDATION_ACCURACY,
              Metric.LP_NORM,
              Metric.GRADIENT_RATIO,
              Metric.NEAR_ZERO_FRACTION,
              Metric.EXACT_ZERO_FRACTION));

  private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]*");

  private final Experiment experiment;
  private final SweepAnalysis analysis;
  private final Palette palette;
  private final Focus focus;
  private final Map<RunSpec, RunRecord> records = new HashMap<>();
  private final Settings settings;
  private final Map<String, FamilyChoice> choices = new HashMap<>();
  private final Function<RunSpec, List<LayerMetrics>> layers;

  PageDataCollector(
      Experiment experiment,
      List<RunRecord> records,
      SweepAnalysis analysis,
      Palette palette,
      Focus focus,
      Settings settings,
      Function<RunSpec, List<LayerMetrics>> layers) {
    this.experiment = experiment;
    this.analysis = analysis;
    this.palette = palette;
    this.focus = focus;
    this.settings = settings;
    this.layers = layers;
    records.forEach(run -> this.records.put(run.spec(), run));
    for (Selection selection : analysis.selections()) {
      selection
          .families()
          .forEach(family -> choices.put(selection.setting() + "\n" + family.family(), family));
    }
  }

  /**
   * What the page shows.
   *
   * @param factors settings that get an axis
   * @param effects of these
   * @param live how far the sweep is; null once it is over
   */
  PageData collect(List<Factor> factors, MainEffects effects, @Nullable Live live) {
    int epochs = records.values().stream().mapToInt(run -> run.epochs().size()).max().orElse(1);
    int stride = stride(epochs, 12L * analysis.variants().size(), BAND_NUMBERS);
    int runStride = stride(epochs, 4L * records.size(), RUN_NUMBERS);
    if (epochs / runStride < LEAST_POINTS && runStride > 1) {
      runStride = 0;
    }
    List<VariantData> variants = new ArrayList<>();
    List<RunData> runs = new ArrayList<>();
    for (VariantSummary summary : analysis.variants()) {
      int index = variants.size();
      variants.add(variant(summary, stride));
      for (RunSummary run : summary.runs()) {
        runs.add(run(index, summary, run, runStride));
      }
    }
    return new PageData(
        experiment.name(),
        experiment.description(),
        analysis.scoreName(),
        experiment.seeds(),
        analysis.variants().stream().map(v -> v.variant().setting()).distinct().toList(),
        palette.families().stream().map(this::family).toList(),
        variants,
        runs,
        layerRuns(),
        stride,
        runStride,
        safe(experiment.name())
            ? "mvn -q compile exec:java -Dexec.args=\"rerun " + experiment.name() + " "
            : null,
        CoefficientPaths.of(analysis, List.copyOf(records.values())),
        experiment.judging().margin(),
        against(live == null),
        factors.stream()
            .map(factor -> new PageData.Axis(factor.setting(), factor.places()))
            .toList(),
        effects.effects().stream()
            .filter(effect -> effect.gap() == null)
            .map(PageDataCollector::effect)
            .toList(),
        analysis.moments().stream().map(PageDataCollector::word).toList(),
        live);
  }

  private static PageData.Effect effect(MainEffect effect) {
    List<PageData.Level> levels = new ArrayList<>();
    for (MainEffect.Level level : effect.levels()) {
      Contrast contrast = level.effect();
      Interval interval = contrast == null ? null : interval(contrast);
      if (contrast != null && interval != null) {
        levels.add(
            new PageData.Level(
                Effects.value(level.value()),
                level.variants(),
                level.mean(),
                interval,
                contrast.adjustedPValue()));
      }
    }
    return new PageData.Effect(Effects.name(effect), effect.share(), levels);
  }

  /**
   * Against the experiment's baseline, and against every other entry where that is asked for and
   * not too much.
   */
  private List<Against> against(boolean each) {
    List<String> others =
        !each || analysis.monitoring() != null || analysis.variants().size() > MOST_BASELINES
            ? List.of()
            : analysis.variants().stream()
                .map(variant -> variant.variant().entry())
                .distinct()
                .filter(entry -> !entry.equals(experiment.baseline()))
                .toList();
    List<RunRecord> all = List.copyOf(records.values());
    return Stream.concat(
            Stream.of(against(experiment, Decisions.of(analysis))),
            others.parallelStream()
                .map(experiment::withBaseline)
                .map(other -> against(other, Decisions.against(other, analysis, all))))
        .toList();
  }

  private Against against(Experiment compared, Decisions decisions) {
    Map<String, Comparison> best = Comparison.byVariant(decisions.comparisons(), Moment.BEST_EPOCH);
    Map<String, Comparison> last = Comparison.byVariant(decisions.comparisons(), Moment.LAST_EPOCH);
    return new Against(
        compared.baseline(),
        decisions.variants().stream()
            .map(
                summary ->
                    new Decided(
                        compared.isBaseline(summary.variant()),
                        decision(summary, best.get(summary.name())),
                        decision(summary, last.get(summary.name())),
                        Verdicts.overfitting(summary)))
            .toList());
  }

  private static Decision decision(VariantSummary summary, @Nullable Comparison comparison) {
    return new Decision(
        comparison == null ? null : interval(comparison.score()),
        comparison == null ? null : interval(comparison.train()),
        comparison == null ? Double.NaN : comparison.score().adjustedPValue(),
        comparison == null ? summary.label() : comparison.label(),
        Verdicts.criterion(summary, comparison));
  }

  private static String word(Moment moment) {
    return switch (moment) {
      case BEST_EPOCH -> "best";
      case LAST_EPOCH -> "last";
    };
  }

  /** Smallest stride that keeps {@code curves} of {@code epochs} points within the budget. */
  private static int stride(int epochs, long curves, long budget) {
    return (int) Math.max(1, Math.min(epochs, (epochs * curves + budget - 1) / budget));
  }

  private static boolean safe(String name) {
    return SHELL_SAFE.matcher(name).matches();
  }

  private Family family(String name) {
    Palette.Mark mark = palette.mark(name);
    return new Family(
        name,
        Palette.css(palette.family(name, Theme.LIGHT)),
        Palette.css(palette.family(name, Theme.DARK)),
        mark.symbol(),
        mark.path());
  }

  private VariantData variant(VariantSummary summary, int stride) {
    FamilyChoice choice = choices.get(summary.variant().setting() + "\n" + summary.family());
    return new VariantData(
        summary.name(),
        summary.variant().setting(),
        palette.families().indexOf(summary.family()),
        summary.p(),
        summary.strength(),
        Palette.css(palette.variant(summary.variant(), Theme.LIGHT)),
        Palette.css(palette.variant(summary.variant(), Theme.DARK)),
        !focus.holds(summary),
        safe(summary.name()),
        summary.counts().completed(),
        summary.counts().planned(),
        moment(summary, Moment.BEST_EPOCH),
        moment(summary, Moment.LAST_EPOCH),
        interval(summary.epochsToBest()),
        interval(summary.testScore()),
        bands(summary, stride),
        settings.of(summary.name()),
        choice != null && choice.best().equals(summary.name()),
        choice != null && choice.strongest().equals(summary.name()),
        palette.dash(summary.variant()).pattern());
  }

  private AtMoment moment(VariantSummary summary, Moment moment) {
    MomentSummary values = summary.at(moment);
    return new AtMoment(byField(shown(moment), metric -> interval(values.get(metric))));
  }

  private List<Metric> shown(Moment moment) {
    return AT_MOMENT.getOrDefault(moment, List.of()).stream()
        .filter(
            metric ->
                !metric.mayBeEmpty()
                    || analysis.variants().stream()
                        .anyMatch(variant -> variant.at(moment).get(metric).n() > 0))
        .toList();
  }

  private static @Nullable Interval interval(Contrast contrast) {
    return contrast.n() == 0
        ? null
        : new Interval(contrast.mean(), contrast.low(), contrast.high(), contrast.n());
  }

  private static Interval interval(Estimate estimate) {
    return new Interval(estimate.mean(), estimate.low(), estimate.high(), estimate.n());
  }

  private @Nullable Bands bands(VariantSummary summary, int stride) {
    List<RunRecord> completed =
        summary.runs().stream()
            .filter(RunSummary::completed)
            .map(run -> records.get(new RunSpec(summary.variant(), run.seed())))
            .filter(run -> run != null)
            .toList();
    if (completed.isEmpty()) {
      return null;
    }
    return new Bands(
        completed.stream().mapToInt(run -> run.epochs().size()).min().orElse(0),
        byField(CURVES, metric -> band(completed, stride, metric)));
  }

  /** In the order of the metrics. */
  private static <T> Map<String, T> byField(List<Metric> metrics, Function<Metric, T> value) {
    Map<String, T> fields = new LinkedHashMap<>();
    metrics.forEach(metric -> fields.put(metric.field(), value.apply(metric)));
    return fields;
  }

  private static Band band(List<RunRecord> runs, int stride, Metric metric) {
    EpochCurve curve = EpochCurve.of(runs, stride, metric);
    return new Band(
        curve.estimates().stream().map(Estimate::mean).toList(),
        curve.estimates().stream().map(Estimate::low).toList(),
        curve.estimates().stream().map(Estimate::high).toList());
  }

  private RunData run(int variant, VariantSummary summary, RunSummary run, int stride) {
    RunRecord record = records.get(new RunSpec(summary.variant(), run.seed()));
    return new RunData(
        variant,
        run.seed(),
        run.state().name(),
        run.reason(),
        run.epochs(),
        run.best() == null ? Double.NaN : run.best().epoch(),
        run.best() == null ? Double.NaN : run.best().validationScore(),
        run.last() == null ? Double.NaN : run.last().validationScore(),
        run.testScore(),
        record == null ? Double.NaN : Math.rint(1000 * record.provenance().seconds()) / 1000,
        record == null || stride == 0 || record.epochs().isEmpty()
            ? null
            : byField(CURVES, metric -> thin(record, stride, metric)));
  }

  private static List<Double> thin(RunRecord run, int stride, Metric metric) {
    return EpochCurve.indices(run.epochs().size(), stride).stream()
        .map(index -> run.epochs().get(index).get(metric))
        .toList();
  }

  private List<LayerRun> layerRuns() {
    List<LayerRun> all = new ArrayList<>();
    int variants = Math.min(MOST_LAYERED, analysis.variants().size());
    LayerThinning thinning = new LayerThinning(variants);
    for (int index = 0; index < variants; index++) {
      VariantSummary summary = analysis.variants().get(index);
      for (RunSummary run : summary.runs()) {
        if (run.state() == RunFate.COMPLETED) {
          List<LayerMetrics> rows = layers.apply(new RunSpec(summary.variant(), run.seed()));
          if (!rows.isEmpty()) {
            all.add(thinning.thin(index, run.seed(), rows));
            break;
          }
        }
      }
    }
    return all;
  }
}
