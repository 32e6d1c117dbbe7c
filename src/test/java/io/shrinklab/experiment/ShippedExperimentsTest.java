package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedExperimentsTest {
  private static final ExperimentFolder FOLDER = new ExperimentFolder(Path.of("experiments"));

  private static Experiment shipped(String name) throws ExperimentException {
    return ExperimentFile.read(FOLDER.find(name));
  }

  @Test
  void everyShippedFileIsRightAndNamedAsItsFile() throws ExperimentException {
    assertThat(FOLDER.files()).hasSizeGreaterThanOrEqualTo(4);
    for (Path file : FOLDER.files()) {
      Experiment experiment = ExperimentFile.read(file);
      assertThat(experiment.name()).isEqualTo(ExperimentFolder.name(file));
      assertThat(experiment.description()).isNotBlank();
      assertThat(experiment.runs()).hasSize((int) experiment.size());
    }
  }

  @Test
  void theSeedArticlesComparisonHasItsVariantsAndTheirNames() throws ExperimentException {
    for (String name : List.of("lp-ablation", "lp-ablation-noisy")) {
      Experiment experiment = shipped(name);
      assertThat(experiment.variants())
          .extracting(Variant::name)
          .containsExactly(
              "none",
              "weight-decay",
              "weight-decay-weights-2e-02",
              "decoupled-decay-weights-2e-02",
              "l2-weights-1e-05",
              "l2-weights-1e-04",
              "l2-weights-1e-03",
              "l2-weights-1e-02",
              "l1-weights-1e-05",
              "l1-weights-1e-04",
              "l1-weights-1e-03",
              "l1-weights-1e-02",
              "l0.5-weights-1e-05",
              "l0.5-weights-1e-04",
              "l0.5-weights-1e-03",
              "l0.5-weights-1e-02",
              "l3-weights-1e-05",
              "l3-weights-1e-04",
              "l3-weights-1e-03",
              "l3-weights-1e-02");
      assertThat(experiment.seeds()).hasSize(30).startsWith(0L, 1L, 2L).endsWith(29L);
      assertThat(experiment.baseline()).isEqualTo("none");
      assertThat(experiment.size()).isEqualTo(600);
    }
  }

  @Test
  void theMatchedStrengthIsTheArticlesNumber() throws ExperimentException {
    // 0.02 / 2 * 0.001 = 1e-5
    assertThat(shipped("lp-ablation").variants())
        .filteredOn(variant -> variant.name().equals("l2-weights-1e-05"))
        .extracting(variant -> variant.penalty().strength())
        .containsExactly(0.02 / 2 * 0.001);
  }
}
