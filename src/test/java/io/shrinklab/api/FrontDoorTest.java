package io.shrinklab.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.ShrinklabException;
import io.shrinklab.testing.ARun;
import io.shrinklab.testing.ASpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the front door throws, and that it never exits; {@code OwnProjectTest} trains through it.
 */
class FrontDoorTest {
  private static final String TEXT =
      """
      {"data": {"kind": "digits", "train": 100, "validation": 100},
       "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1},
       "training": {"epochs": 1},
       "seeds": 2,
       "variants": [{"penalty": {"kind": "none"}},
                    {"penalty": {"kind": "lp"},
                     "grid": {"penalty.p": [1, 2], "penalty.lambda": [0.001]}}]}
      """;

  @TempDir private Path folder;

  @Test
  void anExperimentFromATextIsThatOfAFile() throws Exception {
    Experiment parsed = Experiment.parse(TEXT);
    Experiment read = Experiment.read(Files.writeString(folder.resolve("experiment.json"), TEXT));

    assertThat(parsed.checked().runs().toList()).isEqualTo(read.checked().runs().toList());
    assertThat(parsed.name()).isEqualTo("experiment").isEqualTo(read.name());
    assertThat(parsed.variants()).containsExactly("none", "l1-weights-1e-03", "l2-weights-1e-03");
    assertThat(parsed.seeds()).containsExactly(0L, 1L);
    assertThat(parsed.withSeeds(List.of(7L)).seeds()).containsExactly(7L);
  }

  @Test
  void allProblemsOfAnExperimentAreThrown() {
    assertThatThrownBy(
            () -> Experiment.parse(TEXT.replace("\"epochs\": 1", "\"epochs\": 0, \"epoch\": 1")))
        .isInstanceOf(ShrinklabException.class)
        .hasMessageContaining("experiment: 2 problems")
        .hasMessageContaining("training.epochs: found 0");
    assertThatThrownBy(() -> Experiment.read(folder.resolve("none.json")))
        .isInstanceOf(ShrinklabException.class)
        .hasMessageContaining("none.json");
  }

  @Test
  void wrongArgumentsAreNamed() throws Exception {
    Experiment experiment = Experiment.parse(TEXT);
    assertThatThrownBy(() -> Sweep.of(experiment).jobs(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("jobs: found 0, must be at least 1");
    assertThatThrownBy(() -> experiment.withSeeds(List.of(1L, 1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("seeds: found [1, 1]; needs distinct whole numbers from 0 on, at least one");
  }

  @Test
  void whatCannotBeTrainedIsThrownAndNothingWritten() throws Exception {
    Experiment own =
        Experiment.parse(
            TEXT.replace(
                "{\"penalty\": {\"kind\": \"none\"}}",
                "{\"penalty\": {\"kind\": \"none\"}}, {\"penalty\": {\"kind\": \"custom\","
                    + " \"className\": \"java.lang.String\", \"lambda\": 1}}"));
    Path results = folder.resolve("results");

    assertThatThrownBy(() -> Sweep.of(own).results(results).run())
        .isInstanceOf(ShrinklabException.class)
        .hasMessageContaining("penalty.className: found java.lang.String");
    assertThat(results).doesNotExist();
  }

  @Test
  void nothingStoredIsNoRuns() throws Exception {
    Results results = Sweep.of(Experiment.parse(TEXT)).results(folder).stored();
    assertThat(results.runs()).isEmpty();
    assertThat(results.folder()).isEqualTo(folder.resolve("experiment"));
  }

  @Test
  void aFailedRunHasItsReasonAndNoScores() {
    RunRecord failed =
        ARun.of(ASpec.named("lost").seed(3)).ended(RunStatus.FAILED, "out of luck").record();
    Run run = new Run(failed, folder);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.reason()).isEqualTo("out of luck");
    assertThat(run.bestEpoch()).isEmpty();
    assertThat(run.validationScore()).isNaN();
    assertThat(run.testScore()).isNaN();
    assertThat(run.metric("val_score")).isEmpty();
    assertThatThrownBy(() -> run.metric("val_scores"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column: found val_scores; there are train_loss, train_score, ");
  }
}
