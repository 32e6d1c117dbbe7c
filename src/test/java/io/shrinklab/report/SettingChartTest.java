package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingChartTest {
  private static Experiment experiment(String grid) throws ExperimentException {
    return ExperimentFile.parse(
        """
        {"data": {"kind": "digits"}, "network": {"kind": "mlp", "hidden": [9]}, "optimizer": {"kind": "adam"},
         "training": {"epochs": 2}, "seeds": 3, "baseline": "none",
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"penalty": {"kind": "lp", "p": 2}, "grid": {"penalty.lambda": [0.1, 0.01]}}]
         %s}
        """
            .formatted(grid),
        "test.json");
  }

  private static Optional<SettingAxis> axis(String grid) throws ExperimentException {
    Experiment experiment = experiment(grid);
    return SettingAxis.of(SweepAnalysis.of(experiment, SyntheticSweep.complete(experiment)));
  }

  private static List<ReportFile> charts(Experiment experiment, List<RunRecord> records) {
    return Report.files(
            experiment, records, run -> List.of(), SweepAnalysis.of(experiment, records))
        .stream()
        .filter(file -> file.path().equals("charts/score-over-setting.png"))
        .toList();
  }

  @Test
  void theOneNumberThatVariesIsTheAxis() throws Exception {
    SettingAxis axis = axis(", \"grid\": {\"data.train\": [300, 100, 900]}").orElseThrow();
    assertThat(axis.path()).isEqualTo("data.train");
    assertThat(axis.values().values()).containsExactly(300.0, 100.0, 900.0);
    assertThat(axis.values()).containsEntry("train-100", 100.0);
    assertThat(axis.spansDecades()).isFalse();
    SettingAxis width =
        axis(", \"grid\": {\"network.hidden[0]\": [8, 32, 128], \"data.train\": [200]}")
            .orElseThrow();
    assertThat(width.path()).isEqualTo("network.hidden[0]");
    assertThat(width.spansDecades()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", \"grid\": {\"data.train\": [100, 300]}",
        ", \"grid\": {\"data.train\": [100, 300, 900], \"training.batchSize\": [16, 32]}",
        ", \"grid\": {\"data.split\": [\"fixed\", \"per-seed\"]}",
        ", \"grid\": {\"network\": [{\"kind\": \"linear\"}, {\"kind\": \"mlp\", \"hidden\": [8]},"
            + " {\"kind\": \"mlp\", \"hidden\": [9]}]}"
      })
  void otherGridsHaveNoAxis(String grid) throws Exception {
    assertThat(axis(grid)).isEmpty();
  }

  @Test
  void theChartIsDrawnAlsoWhereRunsAreMissing() throws IOException, ExperimentException {
    Experiment experiment = experiment(", \"grid\": {\"data.train\": [30, 100, 900]}");
    List<RunRecord> records =
        SyntheticSweep.complete(experiment).stream()
            .filter(run -> !run.spec().variant().setting().equals("train-100"))
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    charts(experiment, records).get(0).content().writeTo(out);
    assertThat(ImageIO.read(new ByteArrayInputStream(out.toByteArray())).getWidth())
        .isCloseTo(2 * 720, within(1));
  }
}
