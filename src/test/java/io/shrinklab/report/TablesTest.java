package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.testing.ARun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every file under a locale that writes decimals with a comma. */
class TablesTest {
  private Locale before = Locale.ROOT;

  @BeforeEach
  void commaDecimals() {
    before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    assertThat(String.format("%.1f", 0.5)).isEqualTo("0,5");
  }

  @AfterEach
  void asItWas() {
    Locale.setDefault(before);
  }

  /**
   * Three seeds: a baseline, one variant that lost a seed to NaN and one to a crash, one unseen.
   */
  private static HandMade halfASweep() {
    return HandMade.fixedSplit(3)
        .none()
        .l2("l2-weights-1e-02", 0.01)
        .l2("unseen", 0.1)
        .run("none", 0, 1, 0.875, 0.75)
        .run("none", 1, 1, 0.875, 0.8125)
        .run("none", 2, 1, 0.9375, 0.875)
        .run("l2-weights-1e-02", 0, 0.9375, 0.75, 0.875)
        .ended(
            "l2-weights-1e-02",
            1,
            RunStatus.DIVERGED,
            "loss NaN at epoch 2",
            new HandMade.Scores(0.5, 0.25))
        .ended("l2-weights-1e-02", 2, RunStatus.FAILED, "=cmd|' /C calc'!A0\n\tat line 2");
  }

  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static String text(Writing writing) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = TablesTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<CSVRecord> parse(String csv) throws IOException {
    try (CSVParser parser =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))) {
      return parser.getRecords();
    }
  }

  private static String summary(HandMade sweep) throws IOException {
    return text(out -> SummaryCsv.write(sweep.analysis(), sweep.records(), out));
  }

  private static String runs(HandMade sweep) throws IOException {
    return text(out -> RunsCsv.write(sweep.analysis(), sweep.records(), out));
  }

  private static String metrics(HandMade sweep) throws IOException {
    return text(out -> SweepMetricsCsv.write(sweep.experiment(), sweep.records(), out));
  }

  @Test
  void metricsAreARowPerRunAndEpoch() throws IOException {
    assertThat(metrics(halfASweep())).isEqualTo(golden("metrics.csv"));
  }

  @Test
  void runsAreARowPerPlannedRunAlsoWhenItFailedOrIsMissing() throws IOException {
    String csv = runs(halfASweep());
    // The identity is tested where it is made; here it would change with every new key of a file.
    String identities = csv.replaceAll("\\b[0-9a-f]{64}\\b", "IDENTITY");

    assertThat(identities).isEqualTo(golden("runs.csv"));
    assertThat(parse(csv)).hasSize(9);
  }

  @Test
  void aSummaryIsARowPerVariant() throws IOException {
    assertThat(summary(halfASweep())).isEqualTo(golden("summary.csv"));
  }

  @Test
  void theSummarySaysWhatTheAnalysisSays() throws IOException {
    HandMade sweep =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2", 0.01)
            .scores("none", .75, .75, .75)
            .scores("l2", .75, .875, 1);

    CSVRecord row = parse(summary(sweep)).get(1);

    // Differences 0, 1/8, 1/4: mean 1/8, deviation 1/8, error 1/8 / sqrt(3), t = sqrt(3), two
    // degrees of freedom: p = 1 - t / sqrt(2 + t^2) = 0.225403; Holm doubles it.
    assertThat(Double.parseDouble(row.get("best_difference"))).isEqualTo(0.125);
    assertThat(Double.parseDouble(row.get("best_difference_sd"))).isEqualTo(0.125);
    assertThat(row.get("best_p_value")).startsWith("0.225403");
    assertThat(row.get("best_p_value_holm")).startsWith("0.450806");
    assertThat(row.get("best_val_score_mean")).isEqualTo("0.875");
    // Signed ranks of 1/8 and 1/4: both positive, 1 way out of 4, twice.
    assertThat(row.get("best_wilcoxon_p_value")).isEqualTo("0.5");
    assertThat(row.get("best_pair_correlation")).isEmpty();
    assertThat(row.get("verdict")).isEqualTo("no difference shown");
  }

  /** Two rates and two sizes; the penalty's kind and strength are told by other columns. */
  @Test
  void settingsThatVaryAreColumnsAtTheEndOfTheRows() throws IOException {
    Experiment rates = SyntheticSweep.rates();
    List<RunRecord> records = SyntheticSweep.complete(rates);
    SweepAnalysis analysis = SweepAnalysis.of(rates, records);

    String summary = text(out -> SummaryCsv.write(analysis, records, out));
    String runs = text(out -> RunsCsv.write(analysis, records, out));
    String metrics = text(out -> SweepMetricsCsv.write(rates, records, out));

    assertThat(summary.lines().findFirst().orElseThrow())
        .endsWith(",false_positives_mean,optimizer.learningRate,training.batchSize");
    assertThat(runs.lines().findFirst().orElseThrow())
        .endsWith(",optimality_violation,optimizer.learningRate,training.batchSize");
    assertThat(metrics.lines().findFirst().orElseThrow())
        .endsWith(
            ",val_accuracy,optimizer.learningRate,training.batchSize,penalty.kind,penalty.lambda");
    assertThat(parse(summary))
        .hasSize(18)
        .element(5)
        .satisfies(
            row -> {
              assertThat(row.get("variant")).isEqualTo("l2-0.1-rate-1e-4-size-64");
              assertThat(Double.parseDouble(row.get("optimizer.learningRate"))).isEqualTo(1e-4);
              assertThat(row.get("training.batchSize")).isEqualTo("64");
            });
    assertThat(parse(metrics).get(0).get("penalty.kind")).isEqualTo("none");
    assertThat(parse(metrics).get(0).get("penalty.lambda")).isEmpty();
  }

  @Test
  void whatOnlySomeVariantsHaveIsAColumnUnlessItComesWithTheirKind() throws IOException {
    HandMade sweep =
        HandMade.fixedSplit(1)
            .none()
            .training("{'epochs': 2, 'earlyStopping': {'patience': 7, 'minimumChange': 0}}")
            .l2("stopped", 0.01)
            .score("none", 0, 0.5)
            .score("stopped", 0, 0.5);

    List<CSVRecord> rows = parse(summary(sweep));

    assertThat(rows)
        .extracting(row -> row.get("training.earlyStopping.patience"))
        .containsExactly("", "7");
    assertThat(rows.get(0).toMap().keySet())
        .as("a scope comes with the kind lp")
        .noneMatch(column -> column.startsWith("penalty."));
  }

  @Test
  void effectsAreARowPerSettingAndValueTheLargestShareFirst() throws IOException {
    Experiment rates = SyntheticSweep.rates();
    List<ReportFile> files =
        Report.files(
            rates,
            SyntheticSweep.complete(rates),
            run -> List.of(),
            SweepAnalysis.of(rates, SyntheticSweep.complete(rates)));

    List<CSVRecord> rows =
        parse(
            text(
                out ->
                    files.stream()
                        .filter(file -> file.path().equals("effects.csv"))
                        .findFirst()
                        .orElseThrow()
                        .content()
                        .writeTo(out)));

    assertThat(rows).hasSize(3 + 3 + 2);
    assertThat(rows).extracting(row -> row.get("seeds")).containsOnly("4");
    // Strength takes 0.2 of what is learned, a tenth of the usual rate 0.2 at one of three values,
    // and the larger batch 0.1.
    assertThat(rows)
        .extracting(row -> row.get("setting"))
        .containsExactly(
            "penalty.lambda",
            "penalty.lambda",
            "penalty.lambda",
            "optimizer.learningRate",
            "optimizer.learningRate",
            "optimizer.learningRate",
            "training.batchSize",
            "training.batchSize");
    assertThat(rows).extracting(row -> row.get("value")).startsWith("", "1e-04", "0.1", "1e-04");
    assertThat(rows.subList(6, 8))
        .extracting(row -> Double.parseDouble(row.get("effect")))
        .satisfies(effects -> assertThat(effects.get(0)).isPositive().isEqualTo(-effects.get(1)));
    assertThat(
            text(
                out ->
                    files.stream()
                        .filter(file -> file.path().equals("summary.md"))
                        .findFirst()
                        .orElseThrow()
                        .content()
                        .writeTo(out)))
        .contains(
            "Which setting matters:",
            "| setting | value | variants | validation accuracy | effect | adjusted p |",
            "| penalty.lambda | none | 6 | ");
  }

  @Test
  void aReasonThatLooksLikeAFormulaIsNotOne() throws IOException {
    assertThat(parse(runs(halfASweep())).get(5).get("reason"))
        .isEqualTo("'=cmd|' /C calc'!A0 at line 2");
  }

  /** Of three runs of two epochs one is stopped after the first, one pruned, one trained whole. */
  @Test
  void whatWasCutIsInTheTables() throws IOException {
    String stopped = "stopped early after epoch 1 of 2: no better validation score for 1 epoch";
    HandMade sweep =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2", 0.01)
            .scores("none", 0.75, 0.75, 0.75)
            .ended("l2", 0, RunStatus.COMPLETED, stopped, new HandMade.Scores(1, 0.5))
            .ended("l2", 1, RunStatus.COMPLETED, "pruned", new HandMade.Scores(1, 0.25))
            .score("l2", 2, 0.75);

    List<CSVRecord> runs = parse(runs(sweep)).subList(3, 6);

    assertThat(runs).extracting(row -> row.get("state")).containsOnly("completed");
    assertThat(runs).extracting(row -> row.get("planned_epochs")).containsOnly("2");
    assertThat(runs).extracting(row -> row.get("epochs")).containsExactly("1", "1", "2");
    assertThat(runs).extracting(row -> row.get("last_epoch")).containsExactly("1", "1", "2");
    assertThat(runs).extracting(row -> row.get("reason")).containsExactly(stopped, "pruned", "");
    assertThat(parse(summary(sweep))).extracting(row -> row.get("cut")).containsExactly("0", "2");
  }

  /** Seed 0 finds one of two and one too much, seed 1 both and nothing else: means 1.5 and 0.5. */
  @Test
  void whatWasFoundOfTheTruthIsInTheTables() throws IOException {
    HandMade sweep =
        HandMade.fixedSplit(2).none().l2("l2", 0.01).scores("none", 1, 1).scores("l2", 1, 1);
    List<RunRecord> records =
        sweep.records().stream()
            .map(
                run ->
                    run.spec().variant().name().equals("none")
                        ? run
                        : ARun.like(run).coefficients(fitted(run.spec().seed())).record())
            .toList();
    SweepAnalysis analysis = SweepAnalysis.of(sweep.experiment(), records);

    List<CSVRecord> runs = parse(text(out -> RunsCsv.write(analysis, records, out)));
    List<CSVRecord> summary = parse(text(out -> SummaryCsv.write(analysis, records, out)));

    assertThat(runs).extracting(row -> row.get("true_positives")).containsExactly("", "", "1", "2");
    assertThat(runs)
        .extracting(row -> row.get("false_positives"))
        .containsExactly("", "", "1", "0");
    assertThat(summary)
        .extracting(row -> row.get("true_positives_mean"))
        .containsExactly("", "1.5");
    assertThat(summary)
        .extracting(row -> row.get("false_positives_mean"))
        .containsExactly("", "0.5");
  }

  private static List<Coefficient> fitted(long seed) {
    return List.of(
        new Coefficient("x1", 0.5, 1),
        new Coefficient("x2", seed == 0 ? 0 : 0.5, 1),
        new Coefficient("x3", seed == 0 ? 0.1 : 0, 0));
  }

  @Test
  void theReportHoldsEveryTable() {
    HandMade sweep = halfASweep();

    assertThat(
            Report.files(sweep.experiment(), sweep.records(), run -> List.of(), sweep.analysis()))
        .extracting(ReportFile::path)
        .contains(
            "summary.csv",
            "runs.csv",
            "metrics.csv",
            "summary.md",
            "summary.tex",
            "summary-paper.tex");
  }

  @Test
  void markdown() throws IOException {
    assertThat(text(out -> SummaryMarkdown.write(halfASweep().analysis(), MainEffects.NONE, out)))
        .isEqualTo(golden("summary.md"));
  }

  @Test
  void latex() throws IOException {
    assertThat(text(out -> SummaryLatex.write(halfASweep().analysis(), out)))
        .isEqualTo(golden("summary.tex"));
  }

  @Test
  void namesAreEscaped() {
    assertThat(SummaryMarkdown.escape("a|b_c*<script>`x`"))
        .isEqualTo("a\\|b\\_c\\*\\<script\\>\\`x\\`");
    assertThat(SummaryLatex.escape("50% of $x_1^2$ & {a}\\~#"))
        .isEqualTo(
            "50\\% of \\$x\\_1\\textasciicircum{}2\\$ \\& \\{a\\}\\textbackslash{}"
                + "\\textasciitilde{}\\#");
    assertThat(SummaryLatex.escape("-0.5")).isEqualTo("$-$0.5");
    assertThat(SummaryLatex.escape("l2-weights")).isEqualTo("l2-weights");
    assertThat(SummaryLatex.escape("a--b – 3")).isEqualTo("a-{}-b -- 3");
    assertThat(SummaryLatex.escape("λ\n😀|")).isEqualTo("U+03BB U+1F600\\textbar{}");
  }

  /**
   * The one pair: 0.875 at the best epoch in both, so 0. Test scores are the best epoch's minus
   * 0.01: (0.865 + 0.865 + 0.9275) / 3 = 0.8858, and 0.865.
   */
  @Test
  void aPaperHasFiveColumns() throws IOException {
    String tex = text(out -> PaperTable.write(halfASweep().analysis(), out));

    assertThat(tex.lines().filter(line -> !line.startsWith("%")))
        .containsExactly(
            "\\begin{tabular}{@{}llrlr@{}}",
            "\\toprule",
            "penalty & $\\lambda$ & difference & decision & test \\\\",
            "\\midrule",
            "none & $0$ & -- & baseline & $0.8858$ \\\\",
            "$L_{2}$ weights & $10^{-2}$ & $0.0000$ & too few seeds & $0.8650$ \\\\",
            "$L_{2}$ weights & $0.1$ & -- & not run & -- \\\\",
            "\\bottomrule",
            "\\end{tabular}");
  }

  @Test
  void aPapersTableIsWellFormedAndTellsIntervalAndP() throws IOException {
    Experiment experiment = SyntheticSweep.experiment();
    SweepAnalysis analysis = SweepAnalysis.of(experiment, SyntheticSweep.complete(experiment));

    List<String> rows =
        text(out -> PaperTable.write(analysis, out))
            .lines()
            .filter(line -> line.contains(" & "))
            .toList();

    assertThat(rows).hasSize(1 + experiment.variants().size());
    for (String row : rows) {
      assertThat(row).endsWith(" \\\\").matches("[ -~]+");
      assertThat(row.split(" & ", -1)).as(row).hasSize(5);
      assertThat(row.chars().filter(c -> c == '$').count() % 2).as(row).isZero();
      assertThat(row.chars().filter(c -> c == '{').count())
          .as(row)
          .isEqualTo(row.chars().filter(c -> c == '}').count());
    }
    assertThat(rows)
        .filteredOn(row -> row.startsWith("$L_{0.5}$ weights & $10^{-5}$"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .containsPattern(
            "& \\$[+-]?0\\.\\d{4}\\$ \\$\\[[+-]?0\\.\\d{4},\\\\, [+-]?0\\.\\d{4}\\]\\$"
                + " & [a-z ,]+ \\(\\$p [<=] \\d\\.\\d{3}\\$\\) & ");
    assertThat(text(out -> SummaryMarkdown.write(analysis, MainEffects.NONE, out)))
        .containsPattern("\\| worse, underfits \\(p \\\\?[<=] \\d\\.\\d{3}\\) \\|");
  }

  @Test
  void strengthsArePowersOfTen() {
    assertThat(PaperTable.strength(1e-5)).isEqualTo("$10^{-5}$");
    assertThat(PaperTable.strength(2.5e-3)).isEqualTo("$2.5 \\cdot 10^{-3}$");
    assertThat(PaperTable.strength(0.25)).isEqualTo("$0.25$");
    assertThat(PaperTable.strength(2000)).isEqualTo("$2 \\cdot 10^{3}$");
    assertThat(PaperTable.strength(0)).isEqualTo("$0$");
  }
}
