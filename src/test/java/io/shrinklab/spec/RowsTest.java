package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 442, 1",
    "300, 442, 300",
    "0, 442, 0",
    "0.2, 442, 88", // 88.4
    "0.999, 442, 441", // 441.558
    "0.29, 100, 29", // 28.999999999999996 in binary
    "0.7, 10, 7",
    "0.001, 442, 0",
    "0.3, 2000000000, 600000000",
  })
  void aCountIsItselfAndAShareIsRoundedDown(double value, long rows, int expected) {
    assertThat(new Rows(value).in(rows)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 441, 442, 443, 60_000})
  void sharesThatAddUpToOneAlwaysFit(int rows) {
    assertThat(new Rows(0.5).in(rows) * 2).isLessThanOrEqualTo(rows);
    assertThat(new Rows(0.7).in(rows) + new Rows(0.2).in(rows) + new Rows(0.1).in(rows))
        .isLessThanOrEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY, 3e9})
  void nothingElseIsASize(double value) {
    assertThatThrownBy(() -> new Rows(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bothAreSaidAsPeopleWriteThem() {
    assertThat(Rows.of(600).say(1797)).isEqualTo("600");
    assertThat(new Rows(0.2).say(1797)).isEqualTo("0.2 (359 rows)");
  }
}
