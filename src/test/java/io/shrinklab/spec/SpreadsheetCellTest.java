package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetCellTest {
  /** How a formula begins, by OWASP's page on CSV injection. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "-",
        "=",
        "--1",
        "+1e",
        "-.",
        "-Inf",
        "\uFF1D1",
        "\uFF0B1",
        "\uFF0D1",
        "\uFF20A1",
        "'=1",
        "''@x"
      })
  void whatBeginsLikeAFormulaBeginsWithAnApostrophe(String text) {
    assertThat(SpreadsheetCell.of(text)).isEqualTo("'" + text);
    assertThat(SpreadsheetCell.text("'" + text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "'",
        "a",
        "a=1",
        "1-1",
        "-1",
        "+1",
        "-0.5",
        "-.5",
        "-5.",
        "-1.0E-10",
        "+2e3",
        "-Infinity",
        "NaN",
        "'quoted'",
        "''",
        " =1",
        "none"
      })
  void allElseStaysAsItIs(String text) {
    assertThat(SpreadsheetCell.of(text)).isEqualTo(text);
    assertThat(SpreadsheetCell.text(text)).isEqualTo(text);
  }
}
