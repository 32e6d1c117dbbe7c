package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.List;

/** Experiment files for tests: a right one, with a part replaced. */
final class ExperimentTexts {
  static final String NONE = "{\"name\": \"none\", \"penalty\": {\"kind\": \"none\"}}";

  private static final String RIGHT =
      """
      {"data": {"kind": "digits"},
       "network": {"kind": "mlp"},
       "optimizer": {"kind": "adam"},
       "training": {"epochs": 3},
       "seeds": 2%s,
       "variants": [%s]}
      """;

  private ExperimentTexts() {}

  /** With these variants. */
  static String variants(String... variants) {
    return RIGHT.formatted("", String.join(", ", variants));
  }

  /** With further top-level keys, and these variants. */
  static String with(String keys, String... variants) {
    return RIGHT.formatted(", " + keys, String.join(", ", variants));
  }

  /** The right file with a piece replaced. */
  static String replaced(String piece, String by) {
    String text = variants(NONE);
    assertThat(text).contains(piece);
    return text.replace(piece, by);
  }

  static Experiment read(String text) throws ExperimentException {
    return ExperimentFile.parse(text, "test.json");
  }

  static List<String> names(String text) throws ExperimentException {
    return read(text).variants().stream().map(Variant::name).toList();
  }

  /** The problems of a wrong file, as they are shown. */
  static List<String> problems(String text) {
    ExperimentException thrown = catchThrowableOfType(ExperimentException.class, () -> read(text));
    assertThat(thrown).as("refused: " + text).isNotNull();
    return thrown.problems().stream().map(Problem::toString).toList();
  }
}
