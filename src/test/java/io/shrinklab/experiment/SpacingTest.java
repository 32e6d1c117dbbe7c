package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.NONE;
import static io.shrinklab.experiment.ExperimentTexts.names;
import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.read;
import static io.shrinklab.experiment.ExperimentTexts.replaced;
import static io.shrinklab.experiment.ExperimentTexts.variants;
import static io.shrinklab.experiment.ExperimentTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacingTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(ExperimentSchema.generate());

  private static String grid(String path, String values) {
    return variants(
        NONE,
        "{\"penalty\": {\"kind\": \"lp\", \"p\": 2, \"lambda\": 1}, \"grid\": {\""
            + path
            + "\": "
            + values
            + "}}");
  }

  private static List<Double> strengths(String values) throws ExperimentException {
    return read(grid("penalty.lambda", values)).variants().stream()
        .skip(1)
        .map(variant -> variant.penalty().strength())
        .toList();
  }

  /** Ten to the power of -6 to -1 in halves: the root of 10 is 3.16228. */
  @Test
  void aGridOfRatiosReadsWell() throws ExperimentException {
    String log = "{\"log\": [1e-6, 1e-1], \"points\": 11}";
    assertThat(strengths(log))
        .containsExactly(
            1e-6, 3.16e-6, 1e-5, 3.16e-5, 1e-4, 3.16e-4, 1e-3, 3.16e-3, 1e-2, 3.16e-2, 1e-1);
    assertThat(names(grid("penalty.lambda", log)))
        .startsWith("none", "l2-weights-1e-06", "l2-weights-3.16e-06", "l2-weights-1e-05")
        .endsWith("l2-weights-3.16e-02", "l2-weights-1e-01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"linear\": [0, 1], \"points\": 5}               | 0 0.25 0.5 0.75 1",
        "{\"linear\": [0, 1], \"points\": 4}               | 0 0.333 0.667 1",
        "{\"linear\": [1, 10001], \"points\": 6}           | 1 2001 4001 6001 8001 10001",
        "{\"linear\": [0.1, 0.7], \"points\": 3}           | 0.1 0.4 0.7",
        "{\"linear\": [3, 5], \"points\": 2}               | 3 5",
        "{\"log\": [1, 65536], \"points\": 5}              | 1 16 256 4096 65536",
        "{\"log\": [0.0123456, 1.23456], \"points\": 3}    | 0.0123456 0.123456 1.23456",
        "{\"log\": [2e-3, 2e1], \"points\": 3}             | 0.002 0.2 20",
        // The cube root of 2 is 1.259921, its square 1.587401.
        "{\"log\": [1, 2], \"points\": 4}                  | 1 1.26 1.59 2",
        // Three digits would not keep a tenth apart: 1000 + 1 / 3, 2 / 3.
        "{\"linear\": [1000, 1001], \"points\": 4}         | 1000 1000.33 1000.67 1001",
      })
  void pointsHaveAsFewDigitsAsTheirDistancesAllow(String values, String expected)
      throws ExperimentException {
    assertThat(strengths(values).stream().map(Numbers::plain).toList())
        .containsExactly(expected.trim().split(" "));
  }

  /** The root of 10 * 100 is 31.6; that of 100 * 1000 rounds to 316, which is whole. */
  @Test
  void wholeNumbersAreWholeAndOthersAreRefusedWhereTheyMustBe() throws ExperimentException {
    String whole = grid("training.batchSize", "{\"linear\": [8, 64], \"points\": 8}");
    assertThat(read(whole).variants())
        .extracting(variant -> variant.training().batchSize())
        .containsExactly(32, 8, 16, 24, 32, 40, 48, 56, 64);
    assertThat(problems(grid("training.batchSize", "{\"log\": [10, 1000], \"points\": 5}")))
        .containsExactly(
            "variants[1].grid[\"training.batchSize\"][1]: found 31.6: needs a whole number from 1 to"
                + " 1000000");
  }

  @Test
  void itStandsWhereverAListOfNumbersMay() throws ExperimentException {
    String hidden =
        replaced("\"mlp\"", "\"mlp\", \"hidden\": {\"log\": [8, 32], \"points\": 3}")
            .replace("\"seeds\": 2", "\"seeds\": {\"linear\": [10, 30], \"points\": 3}");
    RunSpec run = read(hidden).runs().findFirst().orElseThrow();
    assertThat(run.variant().network()).extracting("hidden").isEqualTo(List.of(8, 16, 32));
    assertThat(read(hidden).seeds()).containsExactly(10L, 20L, 30L);
    RunSpec set =
        SpecJson.with(
            run, Map.of("network.hidden", "{\"linear\": [4, 6], \"points\": 3}"), "--set");
    assertThat(set.variant().network()).extracting("hidden").isEqualTo(List.of(4, 5, 6));
    String shared =
        with("\"grid\": {\"data.labelNoise\": {\"linear\": [0, 0.2], \"points\": 3}}", NONE);
    assertThat(read(shared).variants())
        .extracting(variant -> variant.setting())
        .containsExactly("label-noise-0", "label-noise-0.1", "label-noise-0.2");
    String zip =
        grid("penalty.lambda", "{\"log\": [1e-4, 1e-2], \"points\": 3}")
            .replace("\"grid\"", "\"zip\"")
            .replace("\"points\": 3}", "\"points\": 3}, \"training.epochs\": [1, 2, 3]");
    assertThat(read(zip).variants())
        .extracting(variant -> variant.penalty().strength())
        .containsExactly(0.0, 1e-4, 1e-3, 1e-2);
    for (String text : List.of(hidden, shared, zip)) {
      assertThat(SCHEMA.validate(JsonText.constant(text))).as(text).isEmpty();
    }
  }

  /** A list of another variant is replaced, not mixed with this one's. */
  @Test
  void aVariantsReplacesTheExperiments() throws ExperimentException {
    String own =
        "{\"name\": \"a\", \"penalty\": {\"kind\": \"none\"},"
            + " \"network\": {\"hidden\": {\"linear\": [1, 3], \"points\": 3}}}";
    String text =
        variants(own).replace("\"mlp\"", "\"mlp\", \"hidden\": {\"log\": [8, 32], \"points\": 3}");
    assertThat(read(text).variants().get(0).network())
        .extracting("hidden")
        .isEqualTo(List.of(1, 2, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"log\": [0, 1], \"points\": 3} | .log[0]: found 0: needs a number above 0, as ratios start"
            + " from none other; a 0 is a variant of its own, or use linear",
        "{\"log\": [1e-2, 1e-5], \"points\": 3} | .log: found [0.01,0.00001]: needs the smaller number"
            + " first",
        "{\"linear\": [1, 1], \"points\": 3} | .linear: found [1,1]: needs the smaller number first",
        "{\"linear\": [1, 2, 3], \"points\": 3} | .linear: found [1,2,3]: needs a list of two numbers,"
            + " the first and last",
        "{\"linear\": [1, \"b\"], \"points\": 3} | .linear[1]: found \"b\": needs a number",
        "{\"linear\": [1, 2], \"points\": 1} | .points: found 1: needs a whole number from 2 to 1000,"
            + " both ends counted",
        "{\"linear\": [1, 2], \"points\": 1001} | .points: found 1001: needs a whole number from 2 to"
            + " 1000, both ends counted",
        "{\"log\": [1, 2]} | .points: missing; needs a whole number from 2 to 1000, both ends counted",
        "{\"log\": [1, 2], \"points\": 3, \"base\": 10} | .base: found 10: unknown key; known here: log,"
            + " linear, points",
        "{\"points\": 3} | : found {\"points\":3}: needs either log or linear: {\"log\": [a, b],"
            + " \"points\": n} or {\"linear\": [a, b], \"points\": n}",
        "{\"linear\": [1, 1.0000000000000002], \"points\": 3} | .points: found 3: needs fewer points:"
            + " so near to each other they are not told apart",
      })
  void whatIsNoneIsRefusedAtItsPlace(String values, String problem) {
    String text = grid("penalty.lambda", values);
    assertThat(problems(text))
        .containsExactly("variants[1].grid[\"penalty.lambda\"]" + problem.trim());
    boolean onlyTheReaderKnows = problem.contains("smaller") || problem.contains("fewer");
    assertThat(SCHEMA.validate(JsonText.constant(text)).isEmpty()).isEqualTo(onlyTheReaderKnows);
  }

  @Test
  void aGridThatIsNeitherSaysWhatBothLookLike() {
    assertThat(problems(grid("penalty.lambda", "0.1")))
        .containsExactly(
            "variants[1].grid[\"penalty.lambda\"]: found 0.1: needs a list of at least one value, or"
                + " {\"log\": [a, b], \"points\": n} or {\"linear\": [a, b], \"points\": n}");
  }
}
