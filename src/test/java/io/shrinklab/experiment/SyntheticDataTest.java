package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.replaced;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of synthetic data that do not fit together. */
class SyntheticDataTest {
  private static String with(String keys) {
    return replaced("{\"kind\": \"digits\"}", "{\"kind\": \"synthetic\", " + keys + "}");
  }

  @Test
  void allThatDoesNotFitIsReportedAtOnce() {
    assertThat(
            problems(
                with(
                    "\"features\": 10, \"relevant\": 4, \"groupSize\": 3, \"train\": 0.5,"
                        + " \"validation\": 0.25")))
        .containsExactly(
            "data.groupSize: found 3: a divisor of data.features, which is 10",
            "data.relevant: found 4: a multiple of data.groupSize, which is 3",
            "data.train: found 0.5: a whole number of rows from 2: the population is"
                + " unlimited, so there is nothing to take a share of",
            "data.validation: found 0.25: a whole number of rows from 2: the population is"
                + " unlimited, so there is nothing to take a share of");
  }

  @Test
  void moreRelevantFeaturesThanThereAreAreRefused() {
    assertThat(problems(with("\"features\": 10, \"relevant\": 11")))
        .containsExactly("data.relevant: found 11: at most data.features, which is 10");
  }

  @Test
  void moreNumbersThanMemoryHoldsAreRefused() {
    assertThat(problems(with("\"features\": 100000, \"relevant\": 1")))
        .containsExactly(
            "data.features: found 100000: all parts' rows times features at most 50000000;"
                + " there are 2100 rows");
  }

  @Test
  void imagesAreNotDrawn() {
    assertThat(
            problems(
                with("\"features\": 16, \"relevant\": 1")
                    .replace("{\"kind\": \"mlp\"}", "{\"kind\": \"cnn\"}")))
        .singleElement()
        .asString()
        .startsWith("network.kind: found \"cnn\"");
  }
}
