package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.report.PageData.CoefficientPath;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ARun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CoefficientPathsTest {
  private static final Experiment EXPERIMENT =
      new Experiment(
          "path",
          "",
          List.of(0L, 1L),
          "none",
          List.of(
              SyntheticSweep.variant("none", "{'kind': 'none'}"),
              SyntheticSweep.variant("weak", "{'kind': 'lp', 'p': 1, 'lambda': 0.01}"),
              SyntheticSweep.variant("strong", "{'kind': 'lp', 'p': 1, 'lambda': 1}")));

  private static RunRecord with(RunSpec spec, RunStatus status, List<Coefficient> coefficients) {
    return ARun.like(SyntheticSweep.record(spec, status, ""))
        .scoreName("R2")
        .equalRows(null)
        .coefficients(coefficients)
        .record();
  }

  /**
   * bmi is 10, 8 and 3 by strength, 2 more in seed 1; age is 0 but for the runs without penalty.
   */
  private static RunRecord run(RunSpec spec) {
    double strength = spec.variant().penalty().strength();
    double bmi = (strength == 0 ? 10 : strength < 0.1 ? 8 : 3) + 2 * spec.seed();
    double age = strength == 0 ? -1 : strength < 0.1 && spec.seed() == 1 ? -0.5 : 0;
    return with(
        spec,
        RunStatus.COMPLETED,
        List.of(new Coefficient("bmi <b>", bmi), new Coefficient("age", age)));
  }

  private static List<CoefficientPath> paths(List<RunRecord> records) {
    return CoefficientPaths.of(SweepAnalysis.of(EXPERIMENT, records), records);
  }

  private static List<RunRecord> records() {
    return EXPERIMENT.runs().map(CoefficientPathsTest::run).toList();
  }

  @Test
  void meansRunFromStrongToWeakAndEndWithoutAPenalty() {
    CoefficientPath path = paths(records()).get(0);
    assertThat(paths(records())).hasSize(1);
    assertThat(path.strengths()).containsExactly(1.0, 0.01, 0.0);
    assertThat(path.runs()).containsExactly(2, 2, 2);
    assertThat(path.lines()).extracting("feature").containsExactly("bmi <b>", "age");
    assertThat(path.lines().get(0).means()).containsExactly(4.0, 9.0, 11.0);
    assertThat(path.lines().get(1).means()).containsExactly(0.0, -0.25, -1.0);
    assertThat(path.lines().get(1).zeros()).containsExactly(2, 1, 0);
    assertThat(path.others()).isZero();
  }

  @Test
  void runsThatDidNotCompleteAndNetworksWithoutCoefficientsAreLeftOut() {
    List<RunRecord> some =
        EXPERIMENT
            .runs()
            .map(spec -> spec.seed() == 1 ? with(spec, RunStatus.DIVERGED, List.of()) : run(spec))
            .toList();
    assertThat(paths(some).get(0).runs()).containsExactly(1, 1, 1);
    assertThat(paths(some).get(0).lines().get(0).means()).containsExactly(3.0, 8.0, 10.0);
    List<RunRecord> none =
        EXPERIMENT.runs().map(spec -> with(spec, RunStatus.COMPLETED, List.of())).toList();
    assertThat(paths(none)).isEmpty();
    assertThat(paths(List.of())).isEmpty();
  }

  @Test
  void ofManyFeaturesTheLargestHaveLines() {
    List<RunRecord> many =
        EXPERIMENT
            .runs()
            .map(
                spec ->
                    with(
                        spec,
                        RunStatus.COMPLETED,
                        IntStream.range(0, 30)
                            .mapToObj(i -> new Coefficient("x" + i, i - 14.5))
                            .toList()))
            .toList();
    CoefficientPath path = paths(many).get(0);
    // Without the six around 0: x12 to x17.
    assertThat(path.lines()).hasSize(24).extracting("feature").doesNotContain("x12", "x17");
    assertThat(path.lines()).extracting("feature").contains("x0", "x11", "x18", "x29");
    assertThat(path.others()).isEqualTo(6);
    // No two lines look the same.
    assertThat(path.lines().stream().map(line -> line.light() + line.dash()).distinct())
        .hasSize(24);
  }

  @Test
  void thePageAndTheChartShowThem() throws IOException {
    List<RunRecord> records = new ArrayList<>(records());
    String page = PageTest.page(EXPERIMENT, records);
    assertThat(page).contains("data-figure=\"coefficients\"").doesNotContain("bmi <b>");
    assertThat(PageTest.page(EXPERIMENT, SyntheticSweep.complete(EXPERIMENT)))
        .doesNotContain("data-figure=\"coefficients\"");
    ReportFile chart =
        Report.files(EXPERIMENT, records, run -> List.of(), SweepAnalysis.of(EXPERIMENT, records))
            .stream()
            .filter(file -> file.path().equals("charts/coefficients.png"))
            .findFirst()
            .orElseThrow();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    chart.content().writeTo(out);
    assertThat(ImageIO.read(new ByteArrayInputStream(out.toByteArray())).getWidth())
        .isCloseTo(2 * 660, within(1));
  }
}
