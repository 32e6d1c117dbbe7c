package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
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
  void aNameThatIsNoPathIsRefusedWithWhatIsAllowed() throws Exception {
    ExperimentFolder experiments = with("a.json");
    String sweep = "; a sweep is a name in " + folder + ", or a path to a file";
    assertThatThrownBy(() -> experiments.find(""))
        .hasMessage("SWEEP: found \"\"; a path is needed; . is the working directory" + sweep);
    assertThatThrownBy(() -> experiments.find("a\0b"))
        .hasMessageStartingWith("SWEEP: found \"a\\u0000b\"; a path without control characters")
        .hasMessageEndingWith(sweep);
    assertThatThrownBy(() -> experiments.find("a\udc00b"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith("SWEEP: found \"a\\udc00b\"; a path in the characters")
        .hasMessageContaining("LC_ALL=C.UTF-8");
  }

  @Test
  void aFileOfMoreThanItsLimitIsRefused() throws Exception {
    Path file = folder.resolve("vast.json");
    String text = ExperimentTexts.variants(ExperimentTexts.NONE);
    Files.writeString(file, text + " ".repeat(ExperimentFile.MOST_BYTES - text.length()));
    assertThat(ExperimentFile.read(file).variants()).hasSize(1);
    Files.writeString(file, text + " ".repeat(ExperimentFile.MOST_BYTES - text.length() + 1));
    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith(file + ": has more than 16 MiB, the most for an experiment file");
  }

  /** Three gigabytes of holes: as a whole they would fit in no array. */
  @Test
  void aGiantIsRefusedBeforeMemoryIsTaken() throws Exception {
    Path file = folder.resolve("giant.json");
    try (RandomAccessFile giant = new RandomAccessFile(file.toFile(), "rw")) {
      giant.setLength(3L << 30);
    }
    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("has more than 16 MiB");
  }

  @Test
  void aFileThatCannotBeReadIsSaidSo() {
    assertThatThrownBy(() -> ExperimentFile.read(folder))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith(folder + ": cannot be read");
  }
}
