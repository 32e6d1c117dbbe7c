package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment under experiments/ trains one epoch of its last variant, where its data is. */
class ShippedExperimentsRunTest {

  static List<Path> files() throws Exception {
    return new ExperimentFolder(Path.of("experiments")).files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void anEpochOfTheLastVariantGivesNumbers(Path file) throws Exception {
    Experiment experiment = ExperimentFile.read(file);
    RunSpec last = experiment.runs().reduce((first, second) -> second).orElseThrow();
    RunSpec brief = SpecJson.with(last, Map.of("training.epochs", "1"), "--set");
    try (DataSets dataSets = new DataSets(dataDirectory())) {
      assumeThat(isHere(dataSets, brief)).as("the data of " + file).isTrue();
      RunOutcome outcome = new Training(dataSets).run(brief, TrainingListener.SILENT);
      assertThat(outcome.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(outcome.epochs()).hasSize(1);
      assertThat(outcome.epochs().get(0).validationScore()).isLessThanOrEqualTo(1);
      assertThat(outcome.sizes().validation()).isPositive();
    }
  }

  /** A folder that is there keeps the test from downloading anything. */
  private static Path dataDirectory() {
    return Stream.of("../shared/datasets", "../../shared/datasets", "experiments")
        .map(Path::of)
        .filter(Files::isDirectory)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isHere(DataSets dataSets, RunSpec spec) {
    try {
      dataSets.ensureAvailable(spec.variant().data());
      return true;
    } catch (DataException e) {
      return false;
    }
  }
}
