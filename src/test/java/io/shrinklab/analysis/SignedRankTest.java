package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRankTest {

  @ParameterizedTest
  @CsvSource({"5, 0.0625", "6, 0.03125", "8, 0.0078125", "10, 0.001953125"})
  void allOfOneSignGiveTheSmallestPOfThatMany(int n, double smallest) {
    double[] differences = IntStream.rangeClosed(1, n).mapToDouble(i -> i / 1000.0).toArray();

    assertThat(SignedRank.pValue(differences)).isCloseTo(smallest, within(1e-12));
  }

  @Test
  void agreesWithScipyWithoutTies() {
    // scipy.stats.wilcoxon(..., method="exact")
    assertThat(SignedRank.pValue(.012, .004, .009, -.002, .007, .011, .003, .006, .001, .008))
        .isCloseTo(0.005859375, within(1e-12));
  }

  @Test
  void staysExactWithTiesAndLeavesZerosOut() {
    // scipy 1.17: zero_method="wilcox", method=PermutationMethod(n_resamples=inf); also brute force
    assertThat(SignedRank.pValue(3, 3, -1, 0, 2, 2, -2, 5, 4, 1))
        .isCloseTo(0.05078125, within(1e-12));
  }

  @Test
  void tiesThatDifferInTheLastBitsAreTies() {
    // Ranks 1.5, 1.5, 3; positive 4.5 of 6; as extreme: 1.5 or less in 3 of 8 ways, twice.
    assertThat(SignedRank.pValue(0.95 - 0.94, -(0.96 - 0.95), 0.02)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void agreesWithTheLibraryWhereThatIsExact() {
    double[] differences = {1.5, -0.2, 2.2, 0.3, 0.9, -0.1, 1.1, 0.4};

    assertThat(SignedRank.pValue(differences))
        .isCloseTo(
            WilcoxonSignedRankTest.withDefaults()
                .with(PValueMethod.EXACT)
                .test(differences)
                .getPValue(),
            within(1e-12));
  }

  @Test
  void nothingButZerosIsNoEvidence() {
    assertThat(SignedRank.pValue(0, 0, 0)).isEqualTo(1);
  }

  @Test
  void noDifferenceHasNoPValue() {
    assertThat(SignedRank.pValue()).isNaN();
  }
}
