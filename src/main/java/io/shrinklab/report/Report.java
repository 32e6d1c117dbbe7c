package io.shrinklab.report;

import io.shrinklab.analysis.Factor;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The files that tell people what a sweep says. */
public final class Report {
  private Report() {}

  /**
   * Loads what writing a report needs, beside what the caller goes on with: half a second of a
   * process that has just begun, and nothing of one that has written a report.
   */
  public static void prepare() {
    Thread thread =
        new Thread(
            () -> {
              Letters.OF_THIS_RUNTIME.trouble();
              Page.prepare();
            },
            "preparation of reports");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * The tables, the charts and, last, the page. Charts are drawn, and the page is made, beside what
   * the caller goes on with; tables when their files are written.
   *
   * @param experiment what was asked
   * @param records what was found, in any order, a run at most once
   * @param layers the rows of a run by epoch and layer, asked for a few runs only; an empty list
   *     where there are none
   * @param analysis of the same experiment and records
   */
  public static List<ReportFile> files(
      Experiment experiment,
      List<RunRecord> records,
      Function<RunSpec, List<LayerMetrics>> layers,
      SweepAnalysis analysis) {
    Palette palette = new Palette(experiment);
    Focus focus = Focus.of(experiment, analysis);
    List<ReportFile> charts =
        records.stream().allMatch(run -> run.epochs().isEmpty())
            ? List.of()
            : charts(experiment, records, analysis, palette, focus).stream()
                .flatMap(image -> image.files().stream())
                .toList();
    Shown shown = Shown.of(experiment, records, layers, analysis, palette, focus, null);
    ReportFile page = shown.page(analysis, records).ahead();
    List<ReportFile> files =
        new ArrayList<>(Tables.files(experiment, records, analysis, shown.effects()));
    files.addAll(charts);
    if (!shown.data().coefficients().isEmpty()) {
      files.addAll(CoefficientChart.image(shown.data().coefficients()).files());
    }
    files.add(page);
    return files;
  }

  /**
   * The tables and the page, without charts in files of their own.
   *
   * @param layers as of {@link #files}
   */
  public static List<ReportFile> texts(
      Experiment experiment,
      List<RunRecord> records,
      Function<RunSpec, List<LayerMetrics>> layers,
      SweepAnalysis analysis) {
    Palette palette = new Palette(experiment);
    Focus focus = Focus.of(experiment, analysis);
    Shown shown = Shown.of(experiment, records, layers, analysis, palette, focus, null);
    List<ReportFile> files =
        new ArrayList<>(Tables.files(experiment, records, analysis, shown.effects()));
    files.add(shown.page(analysis, records));
    return files;
  }

  /**
   * The page alone, of a sweep that goes on; it says so, and asks for its successor.
   *
   * @param records at least one
   */
  public static ReportFile page(
      Experiment experiment,
      List<RunRecord> records,
      Function<RunSpec, List<LayerMetrics>> layers,
      SweepAnalysis analysis,
      Live live) {
    Palette palette = new Palette(experiment);
    Focus focus = Focus.of(experiment, analysis);
    return Shown.of(experiment, records, layers, analysis, palette, focus, live)
        .page(analysis, records);
  }

  /** What the page shows, and what of it the tables have too. */
  private record Shown(Settings settings, MainEffects effects, PageData data) {
    static Shown of(
        Experiment experiment,
        List<RunRecord> records,
        Function<RunSpec, List<LayerMetrics>> layers,
        SweepAnalysis analysis,
        Palette palette,
        Focus focus,
        @Nullable Live live) {
      Settings settings = Settings.of(analysis);
      List<Factor> factors =
          settings.beyondPenalty() ? Factor.distinct(settings.factors()) : List.of();
      MainEffects effects =
          factors.isEmpty()
              ? MainEffects.NONE
              : MainEffects.of(analysis.variants(), analysis.judging().claim(), factors, records);
      PageDataCollector collector =
          new PageDataCollector(experiment, records, analysis, palette, focus, settings, layers);
      return new Shown(settings, effects, collector.collect(factors, effects, live));
    }

    ReportFile page(SweepAnalysis analysis, List<RunRecord> records) {
      return new Page(data, analysis, records, settings, effects).file();
    }
  }

  private static List<ChartImage> charts(
      Experiment experiment,
      List<RunRecord> records,
      SweepAnalysis analysis,
      Palette palette,
      Focus focus) {
    RowCharts rows = new RowCharts(analysis, palette, focus);
    EpochCharts epochs = new EpochCharts(analysis, records, palette, focus);
    List<ChartImage> images = new ArrayList<>();
    images.add(rows.scores());
    images.add(new UnderfittingChart(experiment, analysis, palette).image(focus));
    images.add(epochs.scores());
    images.add(epochs.losses());
    if (!analysis.curves().isEmpty()) {
      images.add(new StrengthChart(analysis, palette, focus).image());
    }
    SettingAxis.of(analysis)
        .ifPresent(axis -> images.add(new SettingChart(analysis, palette, axis).image()));
    if (!analysis.comparisons().isEmpty()) {
      images.add(rows.differences());
    }
    return images;
  }
}
