package io.shrinklab.report;

import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.analysis.Verdict;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.PageAssets.Charts;
import io.shrinklab.wording.Answer;
import io.shrinklab.wording.Choices;
import io.shrinklab.wording.Effects;
import io.shrinklab.wording.Notes;
import io.shrinklab.wording.Verdicts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code report.html}: one file that asks no network. */
final class Page {
  /** Runs listed, of each kind; runs.csv has them all. */
  private static final int LISTED = 200;

  private static final String TEMPLATE = "report.ftlh";

  private final PageData data;
  private final SweepAnalysis analysis;
  private final List<RunRecord> records;
  private final Settings settings;
  private final MainEffects effects;

  Page(
      PageData data,
      SweepAnalysis analysis,
      List<RunRecord> records,
      Settings settings,
      MainEffects effects) {
    this.data = data;
    this.analysis = analysis;
    this.records = records;
    this.settings = settings;
    this.effects = effects;
  }

  /** Loads what a page is made with; whoever makes one hears of what is wrong with that. */
  static void prepare() {
    try {
      PageTemplate.load(TEMPLATE);
    } catch (IOException e) {
      // It will be said where the page is needed.
    }
  }

  ReportFile file() {
    return new ReportFile("report.html", this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    Map<String, Object> model = new HashMap<>();
    String json = PageJson.text(data);
    model.put("data", PageJson.tree(json));
    model.put("json", PageJson.embeddable(json));
    Map<String, Integer> counts = counts();
    model.put("answer", Answer.of(analysis));
    // The answer and what to do next; before them, where it is so, that runs are lost.
    model.put(
        "leading",
        counts.getOrDefault("damaged", 0) + counts.getOrDefault("unreadable", 0) > 0 ? 3 : 2);
    model.put("glance", Glance.of(settings, records));
    model.put("settings", settings.common());
    model.put("baseline", baseline());
    model.put("method", Verdicts.rule(analysis));
    model.put("warnings", Notes.all(analysis));
    model.put("choices", Choices.of(analysis));
    model.put("effects", Effects.of(effects, analysis.scoreName()));
    model.put("effectsRule", Effects.rule(effects));
    model.put("counts", counts);
    List<Map<String, String>> troubles = troubles();
    model.put("troubles", troubles.subList(0, Math.min(LISTED, troubles.size())));
    model.put("untold", Math.max(0, troubles.size() - LISTED));
    List<Map<String, String>> cuts = cuts();
    model.put("cuts", cuts.subList(0, Math.min(LISTED, cuts.size())));
    model.put("cutCount", cuts.size());
    model.put("layered", PageDataCollector.MOST_LAYERED);
    model.put("provenance", ProvenanceFacts.of(records));
    model.putAll(assets().model());
    PageTemplate.write(TEMPLATE, model, out);
  }

  private PageAssets assets() throws IOException {
    boolean settings = !data.axes().isEmpty();
    List<String> scripts =
        new ArrayList<>(
            List.of(
                "report-page.js",
                "report-charts.js",
                "report-table.js",
                "report-curves.js",
                "report-coefficients.js"));
    if (settings) {
      scripts.add("report-settings.js");
    }
    // The last one opens the page.
    scripts.add("report-live.js");
    return PageAssets.load(settings ? Charts.ALL : Charts.COMMON, scripts);
  }

  /** The entry that the others are compared with; empty where the sweep has it no more. */
  private String baseline() {
    return analysis.variants().stream()
        .filter(variant -> variant.verdict() == Verdict.BASELINE)
        .map(variant -> variant.variant().entry())
        .findFirst()
        .orElse("");
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    for (VariantSummary variant : analysis.variants()) {
      counts.merge("planned", variant.counts().planned(), Integer::sum);
      counts.merge("completed", variant.counts().completed(), Integer::sum);
      counts.merge("diverged", variant.counts().diverged(), Integer::sum);
      counts.merge("failed", variant.counts().failed(), Integer::sum);
      counts.merge("missing", variant.counts().missing(), Integer::sum);
      counts.merge("damaged", variant.counts().damaged(), Integer::sum);
      counts.merge("unreadable", variant.counts().unreadable(), Integer::sum);
    }
    return counts;
  }

  /** Runs that early stopping or pruning ended, with the words that the run itself found. */
  private List<Map<String, String>> cuts() {
    List<Map<String, String>> cuts = new ArrayList<>();
    for (VariantSummary variant : analysis.variants()) {
      for (RunSummary run : variant.runs()) {
        if (run.cutShort()) {
          cuts.add(Map.of("run", label(variant, run), "reason", run.reason()));
        }
      }
    }
    return cuts;
  }

  private static String label(VariantSummary variant, RunSummary run) {
    return variant.name() + " seed " + run.seed();
  }

  /**
   * Runs that did not complete: the failed, diverged and unusable first, then those that are
   * missing.
   */
  private List<Map<String, String>> troubles() {
    List<Map<String, String>> found = new ArrayList<>();
    List<Map<String, String>> missing = new ArrayList<>();
    for (VariantSummary variant : analysis.variants()) {
      for (RunSummary run : variant.runs()) {
        String label = label(variant, run);
        switch (run.state()) {
          case COMPLETED -> {}
          case MISSING ->
              missing.add(
                  Map.of("run", label, "state", "missing", "reason", "not among the results"));
          case DIVERGED ->
              found.add(
                  Map.of(
                      "run",
                      label,
                      "state",
                      "diverged after epoch " + run.epochs(),
                      "reason",
                      run.reason()));
          case FAILED, DAMAGED, UNREADABLE ->
              found.add(Map.of("run", label, "state", run.state().word(), "reason", run.reason()));
        }
      }
    }
    found.addAll(missing);
    return found;
  }
}
