package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentFolderTest {
  @TempDir Path folder;

  private ExperimentFolder with(String... names) throws Exception {
    for (String name : names) {
      Files.writeString(folder.resolve(name), ExperimentTexts.variants(ExperimentTexts.NONE));
    }
    return new ExperimentFolder(folder);
  }

  @Test
  void aSweepIsANameOrAPath() throws Exception {
    Path elsewhere = folder.resolve("sub").resolve("mine.json");
    Files.createDirectories(elsewhere.getParent());
    Files.writeString(elsewhere, ExperimentTexts.variants(ExperimentTexts.NONE));
    ExperimentFolder experiments = with("a.json");
    assertThat(experiments.find("a")).isEqualTo(folder.resolve("a.json"));
    assertThat(experiments.find(elsewhere.toString())).isEqualTo(elsewhere);
    assertThat(ExperimentFile.read(elsewhere).name()).isEqualTo("mine");
  }

  @Test
  void anUnknownSweepIsAnsweredWithTheNearestNames() throws Exception {
    ExperimentFolder experiments = with("lp-ablation.json", "lp-ablation-noisy.json", "smoke.json");
    assertThatThrownBy(() -> experiments.find("lp-ablaton"))
        .isInstanceOf(ExperimentException.class)
        .hasMessage(
            "no sweep \"lp-ablaton\": neither "
                + folder.resolve("lp-ablaton.json")
                + " nor a file of that path; did you mean \"lp-ablation\"?");
    assertThatThrownBy(() -> experiments.find("lp"))
        .hasMessageEndingWith("; known: lp-ablation, lp-ablation-noisy, smoke");
    assertThatThrownBy(() -> experiments.find(" ")).isInstanceOf(ExperimentException.class);
    assertThatThrownBy(() -> experiments.find("a\0b")).isInstanceOf(ExperimentException.class);
  }

  @Test
  void aFileThatCannotBeReadIsSaidSo() {
    assertThatThrownBy(() -> ExperimentFile.read(folder))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith(folder + ": cannot be read");
  }
}
