package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.NONE;
import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.read;
import static io.shrinklab.experiment.ExperimentTexts.replaced;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.RunSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
  private static String seeds(String value) {
    return replaced("\"seeds\": 2", "\"seeds\": " + value);
  }

  @Test
  void aCountAListAndRangesAreRead() throws ExperimentException {
    assertThat(read(seeds("3")).seeds()).containsExactly(0L, 1L, 2L);
    assertThat(read(seeds("[7, 2]")).seeds()).containsExactly(7L, 2L);
    assertThat(read(seeds("\"0..3\"")).seeds()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(read(seeds("\"9, 0..1\"")).seeds()).containsExactly(9L, 0L, 1L);
    assertThat(read(replaced("\"seeds\": 2,", "")).seeds()).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.5",
        "[]",
        "[1, 1]",
        "[-1]",
        "[1.5]",
        "\"\"",
        "\"3..1\"",
        "\"1,1\"",
        "\"x\"",
        "{}",
        "null",
        "100001",
        "\"0..100000\"",
        "[99999999999999999999]",
        // 2^64 + 5 and 2^32 + 5 are 5 in the lowest bits.
        "18446744073709551621",
        "4294967301",
        "[18446744073709551621]",
        "\"18446744073709551621\"",
        "5e0"
      })
  void anythingElseIsRefused(String value) {
    assertThat(problems(seeds(value)))
        .singleElement()
        .asString()
        .startsWith("seeds: found ")
        .endsWith(": needs " + Seeds.ALLOWED);
  }

  @Test
  void runsAreVariantsInOrderWithSeedsWithin() throws ExperimentException {
    String other = NONE.replace("\"none\", \"pen", "\"other\", \"pen");
    assertThat(read(ExperimentTexts.variants(NONE, other)).runs())
        .extracting(RunSpec::label)
        .containsExactly("none seed 0", "none seed 1", "other seed 0", "other seed 1");
  }
}
