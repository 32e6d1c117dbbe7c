package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.NONE;
import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.read;
import static io.shrinklab.experiment.ExperimentTexts.variants;
import static io.shrinklab.experiment.ExperimentTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Claim;
import io.shrinklab.spec.Experiment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author asks of a decision: a margin, and what the claim is about. */
class JudgingTest {
  @Test
  void aMarginAndAClaimAreRead() throws ExperimentException {
    Experiment.Judging judging =
        read(with("\"margin\": 0.005, \"claim\": \"these-rows\"", NONE)).judging();

    assertThat(judging).isEqualTo(new Experiment.Judging(0.005, Claim.THESE_ROWS));
    assertThat(judging.hasMargin()).isTrue();
  }

  @Test
  void withoutThemThereIsNoMarginAndTheClaimGoesBeyondTheRows() throws ExperimentException {
    Experiment.Judging judging = read(variants(NONE)).judging();

    assertThat(judging.hasMargin()).isFalse();
    assertThat(judging.claim()).isEqualTo(Claim.BEYOND_THESE_ROWS);
  }

  @Test
  void neitherChangesARunsIdentity() throws ExperimentException {
    Experiment plain = read(variants(NONE));
    Experiment asked = read(with("\"margin\": 1, \"claim\": \"these-rows\"", NONE));

    assertThat(asked.runs().map(Identity::of).toList())
        .isEqualTo(plain.runs().map(Identity::of).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0.1", "\"0.1\"", "null", "[]", "1e400", "true"})
  void aMarginIsANumberAboveZero(String margin) {
    assertThat(problems(with("\"margin\": " + margin, NONE)))
        .singleElement()
        .asString()
        .startsWith("margin: found ")
        .contains("needs a number above 0, in the score's unit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"THESE_ROWS\"", "\"\"", "1", "null"})
  void aClaimIsOneOfTheTwo(String claim) {
    assertThat(problems(with("\"claim\": " + claim, NONE)))
        .singleElement()
        .asString()
        .startsWith("claim: found ")
        .endsWith("needs one of beyond-these-rows, these-rows");
  }
}
