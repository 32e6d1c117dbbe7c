package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.wording.Answer;
import io.shrinklab.wording.Choices;
import io.shrinklab.wording.Notes;
import io.shrinklab.wording.Verdicts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Experiment EXPERIMENT = SyntheticSweep.experiment();
  private static final Pattern SCRIPT =
      Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

  /** What people have put into names to make a page act on its reader. */
  static final List<String> HOSTILE =
      List.of(
          "</script><script>window.hostile=1</script>",
          "<img src=x onerror=window.hostile=2>",
          "\"><svg onload=window.hostile=3>",
          "${7*7}<#assign x=1>",
          "<!--",
          "' onmouseover='window.hostile=4",
          "a & b \u2028 c");

  private static String complete;

  @BeforeAll
  static void render() throws IOException {
    complete = page(EXPERIMENT, SyntheticSweep.complete(EXPERIMENT));
  }

  @Test
  void staysBelowTwoMegabytesForEighteenVariantsTenSeedsAndSixtyEpochs() throws IOException {
    List<RunRecord> records = SyntheticSweep.complete(EXPERIMENT);
    assertThat(records).hasSize(180).allSatisfy(run -> assertThat(run.epochs()).hasSize(60));

    assertThat(complete.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
  }

  @Test
  void thinsCurvesOfALargeSweepInsteadOfGrowing() throws IOException {
    List<Variant> variants =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    SyntheticSweep.variant(
                        "l2-" + i, "{'kind': 'lp', 'p': 2, 'lambda': " + (i + 1) * 1e-6 + "}"))
            .toList();
    List<Variant> all = new ArrayList<>(variants);
    all.add(0, SyntheticSweep.variant("none", "{'kind': 'none'}"));
    Experiment large =
        new Experiment(
            "large", "", LongStream.range(0, 5).boxed().toList(), "none", List.copyOf(all));

    String page = page(large, SyntheticSweep.complete(large));

    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_000_000);
    assertThat(data(page).get("variants")).hasSize(201);
    int numbers = 0;
    for (JsonNode run : data(page).get("runs")) {
      numbers += run.at("/curves/validationScore").size();
    }
    // 1,005 runs of 60 epochs would be 60,300: a point in five, first and last among them.
    assertThat(numbers).isEqualTo(1005 * 13);
  }

  @Test
  void showsMeansAndIntervalsOverSeeds() throws IOException {
    // Best scores 0.90, 0.92, 0.94: mean 0.92, s = 0.02, half = 4.30265 * 0.02 / sqrt(3) = 0.0497
    // (Student's t, 2 degrees of freedom, 97.5 %).
    Experiment three = SyntheticSweep.experiment("three", "", 3);
    Variant none = three.variants().get(0);
    List<RunRecord> records = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      RunRecord drawn = SyntheticSweep.record(new RunSpec(none, seed), RunStatus.COMPLETED, "");
      records.add(SyntheticSweep.withConstantScore(drawn, 0.90 + 0.02 * seed));
    }

    String page = page(three, records);

    assertThat(page).contains("0.9200 <span class=\"range\">&plusmn;&nbsp;0.0497</span>");
    JsonNode score = data(page).at("/variants/0/best/validationScore");
    assertThat(score.get("mean").asDouble()).isEqualTo(0.92);
    assertThat(score.get("n").asInt()).isEqualTo(3);
    assertThat(page).contains("<b>3</b> of <b>54</b> runs completed", "<b>51</b> missing");
  }

  @Test
  void saysTheAnswerTheRuleAndTheWarnings() throws IOException {
    List<RunRecord> records = SyntheticSweep.withGaps(EXPERIMENT);
    SweepAnalysis analysis = SweepAnalysis.of(EXPERIMENT, records);

    String page = page(EXPERIMENT, records);

    assertThat(Answer.of(analysis)).isNotEmpty();
    List<String> sentences = new ArrayList<>(Answer.of(analysis));
    sentences.addAll(Verdicts.rule(analysis));
    sentences.addAll(Choices.of(analysis));
    sentences.addAll(Notes.of(analysis.warnings()));
    assertThat(sentences).allSatisfy(sentence -> assertThat(page).contains(escaped(sentence)));
  }

  @Test
  void showsEachComparisonAtBothEpochsWithItsReason() throws IOException {
    SweepAnalysis analysis = SweepAnalysis.of(EXPERIMENT, SyntheticSweep.complete(EXPERIMENT));

    Map<String, VariantSummary> variants =
        analysis.variants().stream().collect(Collectors.toMap(VariantSummary::name, v -> v));

    assertThat(analysis.comparisons()).hasSize(2 * 17);
    JsonNode against = data(complete).at("/against/0");
    assertThat(against.get("baseline").asText()).isEqualTo("none");
    List<String> names = EXPERIMENT.variants().stream().map(Variant::name).toList();
    assertThat(analysis.comparisons())
        .allSatisfy(
            comparison -> {
              JsonNode decided =
                  against
                      .get("variants")
                      .get(names.indexOf(comparison.variant()))
                      .get(comparison.moment() == Moment.BEST_EPOCH ? "best" : "last");
              assertThat(decided.get("verdict").asText()).isEqualTo(comparison.label());
              assertThat(decided.get("criterion").asText())
                  .isEqualTo(Verdicts.criterion(variants.get(comparison.variant()), comparison));
              if (comparison.moment() == Moment.BEST_EPOCH) {
                // Without scripts the table shows the best epoch.
                assertThat(
                        first(
                            complete,
                            "(?s)<tr data-v=\"\\d+\">\\s*<th[^\\n]*>"
                                + Pattern.quote(comparison.variant())
                                + "</button></span></th>(.*?)</tr>"))
                    .contains(comparison.label().replace("no ", "no\u00a0") + "</span>");
              }
            });
    // Who overfits is called so beside its verdict, not in the answer alone.
    for (int i = 0; i < names.size(); i++) {
      assertThat(against.get("variants").get(i).get("overfits").asText().isEmpty())
          .isEqualTo(!variants.get(names.get(i)).overfits());
    }
  }

  @Test
  void decidesAgainstEveryOtherBaselineAsTheAnalysisWould() throws IOException {
    List<RunRecord> records = SyntheticSweep.complete(EXPERIMENT);
    JsonNode against = data(complete).get("against");
    assertThat(against).hasSize(18);

    SweepAnalysis other = SweepAnalysis.of(EXPERIMENT.withBaseline("weight-decay"), records);

    JsonNode decided = against.get(1);
    assertThat(decided.get("baseline").asText()).isEqualTo("weight-decay");
    List<String> names = EXPERIMENT.variants().stream().map(Variant::name).toList();
    assertThat(other.comparisons())
        .hasSize(2 * 17)
        .allSatisfy(
            comparison -> {
              JsonNode decision =
                  decided
                      .get("variants")
                      .get(names.indexOf(comparison.variant()))
                      .get(comparison.moment() == Moment.BEST_EPOCH ? "best" : "last");
              assertThat(decision.get("verdict").asText()).isEqualTo(comparison.label());
              assertThat(decision.at("/difference/low").asDouble())
                  .isEqualTo(comparison.score().low());
            });
  }

  @Test
  void settingsHaveASectionWhereMoreThanThePenaltyVaries() throws IOException {
    Experiment rates = SyntheticSweep.rates();

    String page = page(rates, SyntheticSweep.complete(rates));

    JsonNode data = data(page);
    assertThat(data.get("axes").findValuesAsText("path"))
        .containsExactly("optimizer.learningRate", "training.batchSize", "penalty.lambda");
    assertThat(data.at("/axes/0/values").toString()).isEqualTo("[\"1e-04\",\"0.001\",\"0.01\"]");
    // Six variants have no penalty and so no strength.
    assertThat(data.at("/axes/2/values").toString()).isEqualTo("[\"\",\"1e-04\",\"0.1\"]");
    assertThat(data.get("effects")).hasSize(3);
    assertThat(page)
        .contains("<h2 id=\"h-settings\"", "href=\"#h-settings\"")
        .containsPattern("<li>optimizer.learningRate goes with \\d+ % of the variation");
    assertThat(SCRIPT.matcher(page).results().count()).as("one script more").isEqualTo(10);
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);

    assertThat(complete).doesNotContain("h-settings", "effects-said", "areaSelectStyle");
    assertThat(data(complete).get("axes")).isEmpty();
  }

  @Test
  void tellsTheExperimentAtAGlance() throws IOException {
    assertThat(complete)
        .contains("<dt>optimizer</dt><dd>adam, learningRate 0.001")
        .contains("<dt>rows</dt><dd>300 training, 600 validation, 897 test</dd>")
        .containsPattern("<dt>varies</dt><dd>[^<]*penalty.p 0.5, 1, 2, 3")
        .doesNotContainPattern("<dd>[^<]*\\d:\\d\\d:\\d\\d\\.\\d");
  }

  @Test
  void namesRunsThatDidNotComplete() throws IOException {
    String page = page(EXPERIMENT, SyntheticSweep.withGaps(EXPERIMENT));

    assertThat(rowOf(page, "l0.5-weights-1e-02 seed 3"))
        .contains("diverged after epoch 12", "training loss is NaN at epoch 13, step 121");
    assertThat(rowOf(page, "l3-weights-1e-05 seed 7")).contains("failed", "exit code 137");
    assertThat(rowOf(page, "l1-weights-1e-04 seed 9")).contains("missing");
    assertThat(rowOf(page, "l2-weights-1e-03 seed 9")).contains("missing");
  }

  @Test
  void listsRunsThatWereCutShortAndSaysWhatThatLeftOut() throws IOException {
    String reason = "stopped early after epoch 1 of 2: no better validation score for 1 epoch";
    HandMade sweep =
        HandMade.fixedSplit(3)
            .none()
            .scores("none", 0.75, 0.75)
            .ended("none", 2, RunStatus.COMPLETED, reason, new HandMade.Scores(1, 0.5));

    String page = page(sweep.experiment(), sweep.records());

    assertThat(page)
        .contains(
            "<b>3</b> of <b>3</b> runs completed", "cut short by early stopping or pruning: 1")
        .contains("after 1 epoch: none (1). That left out 1 of the 6 epochs planned.");
    assertThat(first(page, "(?s)<table id=\"cuts\">(.*?)</table>"))
        .containsOnlyOnce("<tr><th scope=\"row\">none seed 2</th>")
        .contains(reason);
    assertThat(complete).doesNotContain("cut short");
  }

  @Test
  void tellsWhereTheNumbersComeFrom() throws IOException {
    assertThat(complete)
        .contains(
            "<dt>Code</dt><dd>5476c0d2a1b3c4d5e6f708192a3b4c5d6e7f8091</dd>",
            "<dt>libtorch</dt><dd>2.7.1</dd>",
            "<dt>Rows: training, validation, test</dt><dd>300, 600, 897</dd>",
            // 180 runs of 0.8 s
            "<dt>Training time</dt><dd>144.0 s in all runs together</dd>");
  }

  @Test
  void asksNothingOfTheNetwork() throws IOException {
    String page = complete;

    String markup = SCRIPT.matcher(page).replaceAll("");
    assertThat(markup).doesNotContain("http:", "https:", "src=", "url(", "@import");
    assertThat(page).containsOnlyOnce("<link ").contains("<link rel=\"icon\" href=\"data:,\">");
  }

  @Test
  void allowsNoScriptAndNoStyleButItsOwnByTheirHashes() throws IOException {
    String page = complete;

    String policy = first(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
    assertThat(policy)
        .startsWith("default-src &#39;none&#39;;")
        .doesNotContain("unsafe", "http", "*");
    Matcher scripts = SCRIPT.matcher(page);
    int executable = 0;
    while (scripts.find()) {
      if (scripts.group(1).isEmpty()) {
        executable++;
        assertThat(policy).contains(sha256(scripts.group(2)));
      }
    }
    assertThat(executable).isEqualTo(8);
    assertThat(policy).contains(sha256(first(page, "(?s)<style>(.*?)</style>")));
    assertThat(SCRIPT.matcher(page).replaceAll("")).doesNotContain(" style=\"", " onclick=");
  }

  @Test
  void keepsHostileTextAsText() throws IOException {
    Experiment hostile = hostile();

    String page = page(hostile, hostileRecords(hostile));

    String markup = SCRIPT.matcher(page).replaceAll("");
    assertThat(markup)
        .doesNotContain("<img", "<svg onload", "onerror=window.hostile=2>", "<!--", "49<");
    assertThat(SCRIPT.matcher(page).results().count())
        .as("the data and eight scripts, none of a stranger's")
        .isEqualTo(9);
    JsonNode data = data(page);
    assertThat(data.get("name").asText()).isEqualTo(HOSTILE.get(0));
    assertThat(data.get("description").asText()).isEqualTo(HOSTILE.get(1));
    for (int i = 0; i < HOSTILE.size(); i++) {
      assertThat(data.at("/variants/" + (i + 1) + "/name").asText()).isEqualTo(HOSTILE.get(i));
    }
  }

  @Test
  void givesNoCommandForNamesThatAShellWouldRead() throws IOException {
    assertThat(data(page(EXPERIMENT, List.of())).get("rerun").asText())
        .isEqualTo("mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation ");
    Experiment hostile = hostile();

    JsonNode data = data(page(hostile, hostileRecords(hostile)));

    assertThat(data.get("rerun").isNull()).isTrue();
    assertThat(data.at("/variants/0/command").asBoolean()).as("none").isTrue();
    assertThat(data.at("/variants/1/command").asBoolean()).isFalse();
  }

  @Test
  void saysSoWhenNothingWasRun() throws IOException {
    String page = page(EXPERIMENT, List.of());

    assertThat(page).contains("<b>0</b> of <b>180</b> runs completed", "<b>180</b> missing");
  }

  @Test
  void isTheSameUnderACommaDecimalLocale() throws IOException {
    List<RunRecord> records = SyntheticSweep.withGaps(EXPERIMENT);
    String expected = page(EXPERIMENT, records);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(page(EXPERIMENT, records).equals(expected)).isTrue();
    } finally {
      Locale.setDefault(before);
    }
  }

  static Experiment hostile() {
    List<Variant> variants = new ArrayList<>();
    variants.add(SyntheticSweep.variant("none", "{'kind': 'none'}"));
    for (int i = 0; i < HOSTILE.size(); i++) {
      variants.add(
          SyntheticSweep.variant(
              HOSTILE.get(i), "{'kind': 'lp', 'p': 1, 'lambda': " + (i + 1) * 1e-4 + "}"));
    }
    return new Experiment(
        HOSTILE.get(0), HOSTILE.get(1), List.of(0L, 1L, 2L, 3L), "none", variants);
  }

  static List<RunRecord> hostileRecords(Experiment hostile) {
    return hostile
        .runs()
        .map(
            spec ->
                spec.seed() == 3
                    ? SyntheticSweep.record(spec, RunStatus.FAILED, HOSTILE.get(1))
                    : SyntheticSweep.record(spec, RunStatus.COMPLETED, ""))
        .toList();
  }

  /** The page of a sweep that goes on, or, where {@code live} is null, of one that is over. */
  static String page(Experiment experiment, List<RunRecord> records, @Nullable Live live)
      throws IOException {
    if (live == null) {
      return page(experiment, records);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Report.page(
            experiment,
            records,
            SyntheticSweep::layers,
            SweepAnalysis.of(experiment, records),
            live)
        .content()
        .writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  static String page(Experiment experiment, List<RunRecord> records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Function<RunSpec, List<LayerMetrics>> layers = SyntheticSweep::layers;
    for (ReportFile file :
        Report.files(experiment, records, layers, SweepAnalysis.of(experiment, records))) {
      if (file.path().equals("report.html")) {
        file.content().writeTo(out);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonNode data(String page) throws IOException {
    return new ObjectMapper()
        .readTree(first(page, "(?s)<script type=\"application/json\" id=\"data\">(.*?)</script>"));
  }

  private static String rowOf(String page, String run) {
    return first(page, "<tr><th scope=\"row\">" + Pattern.quote(run) + "</th>(.*?)</tr>");
  }

  private static String first(String page, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(page);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
