package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.NONE;
import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.read;
import static io.shrinklab.experiment.ExperimentTexts.replaced;
import static io.shrinklab.experiment.ExperimentTexts.variants;
import static io.shrinklab.experiment.ExperimentTexts.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Kind;
import io.shrinklab.spec.TrainingSpec;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadFileTest {
  @Test
  void textThatIsNotJsonIsReportedByLineAndColumn() {
    assertThat(problems("{\"data\": }"))
        .containsExactly(
            "line 1, column 10: not JSON: Unexpected character ('}' (code 125)): expected a value");
    assertThat(problems("{\"seeds\": 1}\n x"))
        .singleElement()
        .asString()
        .startsWith("line 2, column 2: not JSON: Unrecognized token 'x'");
    assertThat(problems("{\"seeds\": 1")).singleElement().asString().startsWith("line 1, column");
  }

  /** Everything that keeps a run from an optimum, at once; a linear fit on full batches has one. */
  @Test
  void trainingToAnOptimumThatIsNotThereIsRefused() throws Exception {
    String until = "\"epochs\": 3, \"until\": \"converged\"";
    String half =
        "{\"name\": \"half\", \"penalty\": {\"kind\": \"lp\", \"p\": 0.5, \"lambda\": 1}}";
    String decoupled =
        "{\"name\": \"d\", \"penalty\": {\"kind\": \"lp\", \"p\": 2, \"lambda\": 1, \"method\": \"decoupled\"}}";
    String found = "training.until: found \"converged\": needs ";
    String convex =
        "a convex penalty (p of at least 1) by its gradient or by proximal steps, which settle at an"
            + " optimum; else \"epochs\"";
    assertThat(problems(variants(NONE, half).replace("\"epochs\": 3", until)))
        .containsExactly(
            found
                + "a linear network, whose loss has one optimum; else \"epochs\", with earlyStopping",
            found
                + "full batches, since others never settle: a batchSize of at least the 300 training"
                + " rows, where it is 32",
            found + convex);
    String linear =
        variants(NONE, "%s")
            .replace("\"epochs\": 3", until + ", \"batchSize\": 300")
            .replace("\"mlp\"", "\"linear\"");
    assertThat(problems(linear.formatted(decoupled))).containsExactly(found + convex);
    assertThat(read(linear.formatted(decoupled.replace("decoupled", "proximal"))).variants())
        .extracting(variant -> variant.training().until())
        .containsOnly(TrainingSpec.Until.CONVERGED);
  }

  @Test
  void aNumberBeyondAllDoublesIsRefusedWhereverItStands() {
    String lp = "{\"penalty\": {\"kind\": \"lp\", \"p\": 2%s}%s}";
    String number = "needs a number from 0 to 1000000, or {\"matchWeightDecay\": s,";
    assertThat(
            problems(
                variants(
                    NONE, lp.formatted("", ", \"grid\": {\"penalty.lambda\": [1e400, 1e401]}"))))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("variants[1].grid[\"penalty.lambda\"][0]: found 1E+400: " + number),
            second ->
                assertThat(second)
                    .startsWith(
                        "variants[1].grid[\"penalty.lambda\"][1]: found 1E+401: " + number));
    assertThat(problems(variants(NONE, lp.formatted(", \"lambda\": 1e400", ""))))
        .singleElement()
        .asString()
        .startsWith("variants[1].penalty.lambda: found 1E+400: " + number);
    String both = ", \"lambda\": {\"matchWeightDecay\": %s, \"learningRate\": %s}";
    assertThat(problems(variants(NONE, lp.formatted(both.formatted("1e400", "1"), ""))))
        .containsExactly(
            "variants[1].penalty.lambda.matchWeightDecay: found 1E+400: needs a number of at least"
                + " 0");
    // Each is a double, half their product is none.
    assertThat(problems(variants(NONE, lp.formatted(both.formatted("1e300", "1e300"), ""))))
        .singleElement()
        .asString()
        .contains("needs a strength from 0 to 1000000; this is Infinity");
  }

  @Test
  void aNumberThatADoubleWouldTakeForZeroIsRefused() {
    String lp = "{\"penalty\": {\"kind\": \"lp\", \"p\": 2, \"lambda\": 1e-400}}";
    assertThat(problems(variants(NONE, lp)))
        .singleElement()
        .asString()
        .startsWith("variants[1].penalty.lambda: found 1E-400: needs a number from 0 to 1000000")
        .endsWith("; as a double, this is 0");
  }

  @Test
  void aNumberWhoseExponentIsNoneIsRefusedByLine() {
    assertThat(problems("{\"seeds\":\n 1e99999999999}"))
        .singleElement()
        .asString()
        .startsWith("line 2, column 2: found 1e99999999999: a number's exponent is at most nine");
  }

  /** The library's limits are 1000 levels, and 1000 digits. */
  @Test
  void whatIsTooDeepOrTooLongIsRefusedByLine() {
    assertThat(problems("{\"seeds\":\n" + "[".repeat(2000)))
        .singleElement()
        .asString()
        .startsWith("line 2, column ")
        .contains("not JSON: Document nesting depth");
    assertThat(problems("{\"seeds\":\n\n" + "9".repeat(2000) + "}"))
        .singleElement()
        .asString()
        .startsWith("line 3, column ")
        .contains("not JSON: Number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void textIsReadInEveryEncodingOfJsonWithAndWithoutAMark(String charset) throws Exception {
    String text = with("\"description\": \"\u00e9\ud83d\ude00\"", NONE);
    for (String mark : new String[] {"", "\ufeff"}) {
      byte[] bytes = (mark + text).getBytes(Charset.forName(charset));
      assertThat(JsonText.parse(bytes, "f").get("description").textValue())
          .isEqualTo("\u00e9\ud83d\ude00");
    }
  }

  /** From The Unicode Standard 15, tables 3-5 to 3-7: what is no sequence of an encoding form. */
  @ParameterizedTest
  @CsvSource({
    "7b22ff227d, byte 3: found ff: damaged UTF-8",
    "7b22eda080227d, byte 3: found ed a0 80: damaged UTF-8",
    "7b22c080227d, byte 3: found c0: damaged UTF-8",
    "7b22e282, byte 3: found e2 82: damaged UTF-8",
    "feff007bd800007d, byte 5: found d8 00 00 7d: damaged UTF-16BE",
    "007b0022dc00, byte 5: found dc 00: damaged UTF-16BE",
    "7b0022007d, byte 5: found 7d: damaged UTF-16LE",
    "0000007b00110000, byte 5: found 00 11 00 00: damaged UTF-32BE",
    "0000007b0000d800, the file: damaged UTF-32BE",
    "7b000000ffff, byte 5: found ff ff: damaged UTF-32LE",
  })
  void textThatIsDamagedIsReportedByByte(String hex, String problem) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> JsonText.parse(bytes, "f.json"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith("f.json: 1 problem\n  " + problem);
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThat(problems("{\"seeds\": 1,\n \"seeds\": 2}"))
        .containsExactly(
            "line 2, column 9: the key \"seeds\" stands twice in one object; keep one");
  }

  @Test
  void aFileThatHoldsNoObjectIsRefused() {
    assertThat(problems("")).containsExactly("line 1: the file is empty; needs a JSON object");
    assertThat(problems("[1]")).containsExactly("the file: found [1]: needs a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void numbersThatAreNoneAreRefused(String number) {
    assertThat(problems(replaced("\"epochs\": 3", "\"epochs\": 3, \"nearZero\": " + number)))
        .singleElement()
        .asString()
        .contains("not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0      | 0       | epochs | a whole number from 1 to 1000000",
        "2.5    | 2.5     | epochs | a whole number from 1 to 1000000",
        "'\"3\"'| '\"3\"' | epochs | a whole number from 1 to 1000000",
        "null   | null    | epochs | a whole number from 1 to 1000000",
        "1e10   | 1E+10   | epochs | a whole number from 1 to 1000000",
        "1e999  | 1E+999  | epochs | a whole number from 1 to 1000000",
        "1e30   | 1E+30   | batchSize | a whole number from 1 to 1000000",
        "4294967299 | 4294967299 | epochs | a whole number from 1 to 1000000",
        "18446744073709551619 | 18446744073709551619 | batchSize | a whole number from 1 to 1000000",
        "3.00000000000000000000000001 | 3.00000000000000000000000001 | epochs | a whole number from 1 to 1000000",
        "1e2147483000 | 1E+2147483000 | nearZero | a number above 0 and at most 1",
        "0      | 0       | nearZero  | a number above 0 and at most 1",
        "1e999  | 1E+999  | nearZero  | a number above 0 and at most 1",
        "true   | true    | nearZero  | a number above 0 and at most 1",
      })
  void aNumberOfTheWrongTypeOrRangeIsReportedWithWhatIsAllowed(
      String given, String found, String key, String allowed) {
    String epochs = key.equals("epochs") ? "" : "\"epochs\": 3, ";
    String text = replaced("\"epochs\": 3", epochs + "\"" + key + "\": " + given);
    assertThat(problems(text))
        .containsExactly("training." + key + ": found " + found + ": needs " + allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0     | 0",
        "-0.2  | -0.2",
        "1.5   | 1.5",
        "1796  | 1796",
        "1e20  | 1E+20",
        "18446744073709551916 | 18446744073709551916",
        "300.0000000000000000000000001 | 300.0000000000000000000000001",
        "1e400 | 1E+400",
        "'\"0.2\"' | '\"0.2\"'",
      })
  void aSizeIsACountOrAShare(String given, String found) {
    assertThat(problems(replaced("\"digits\"", "\"digits\", \"validation\": " + given)))
        .containsExactly(
            "data.validation: found "
                + found
                + ": needs a whole number from 1 to 1795, or a share of the rows above 0 and below"
                + " 1");
  }

  @Test
  void aSizeThatIsAllOrNothingIsRefused() {
    assertThat(problems(replaced("\"digits\"", "\"digits\", \"train\": 1.0")))
        .containsExactly(
            "data.train: found 1.0: needs a whole number from 1 to 1795, or a share of the rows"
                + " above 0 and below 1; 1 is one row");
    assertThat(problems(replaced("\"digits\"", "\"digits\", \"train\": 1e-4")))
        .containsExactly("data.train: found 0.0001: at least 1 of the set's 1797 rows; this is 0");
    assertThat(problems(replaced("\"digits\"", "\"digits\", \"train\": 0.7")))
        .containsExactly(
            "data.train: found 0.7: train + validation below 1797 (the set's rows), so that"
                + " test rows are left; validation is 600");
    assertThat(problems(replaced("\"digits\"", "\"digits\", \"train\": 1500, \"validation\": 0.2")))
        .singleElement()
        .asString()
        .endsWith("; validation is 0.2 (359 rows)");
  }

  @Test
  void aWholeNumberMayBeWrittenWithDecimals() throws ExperimentException {
    assertThat(read(replaced("\"epochs\": 3", "\"epochs\": 3.0")).variants().get(0).training())
        .extracting(TrainingSpec::epochs)
        .isEqualTo(3);
  }

  @Test
  void manyProblemsAreReportedTogetherInTheFilesOrder() {
    String text =
        """
        {"nam": "x",
         "data": {"kind": "digit"},
         "network": {"kind": "mlp", "hidden": [8, 0, "x"], "batchNorm": 1, "activation": "rellu"},
         "optimizer": {"kind": "rmsprop"},
         "training": {"epoch": 5},
         "seeds": [1, 1],
         "baseline": "nil",
         "variants": [{"name": "none", "penalty": {"kind": "none"}},
                      {"name": "CON", "penalty": {"kind": "weight-decay"}}]}
        """;
    assertThat(problems(text))
        .anySatisfy(
            p ->
                assertThat(p)
                    .startsWith(
                        "nam: found \"x\": unknown key; did you mean \"name\"? known here: "))
        .contains(
            "data.kind: found \"digit\": needs one of digits, mnist; did you mean \"digits\"?"
                .replace("digits, mnist", kinds(DataSpec.class)))
        .contains(
            "network.hidden[1]: found 0: needs a whole number from 1 to 65536",
            "network.hidden[2]: found \"x\": needs a whole number from 1 to 65536",
            "network.batchNorm: found 1: needs true or false",
            "network.activation: found \"rellu\": needs one of relu, tanh, sigmoid, gelu; did you"
                + " mean \"relu\"?")
        .contains(
            "optimizer.kind: found \"rmsprop\": needs one of sgd, adam, adamw; DJL's PyTorch engine"
                + " cannot run this optimizer, it throws; use sgd or adam")
        .contains(
            "training.epochs: missing; needs a whole number from 1 to 1000000. Passes over the"
                + " training rows.")
        .anySatisfy(p -> assertThat(p).startsWith("seeds: found [1,1]: needs a count"))
        .anySatisfy(
            p -> assertThat(p).startsWith("variants[1].name: found \"CON\": needs a name of"))
        .anySatisfy(p -> assertThat(p).startsWith("variants[1].penalty.strength: missing; needs"))
        .anySatisfy(
            p -> assertThat(p).startsWith("baseline: found \"nil\": needs the name of a variant"))
        .doesNotHaveDuplicates()
        .hasSize(13);
  }

  private static String kinds(Class<?> type) {
    return records(type)
        .map(kind -> kind.getAnnotation(Kind.class).value())
        .collect(Collectors.joining(", "));
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isRecord()
        ? Stream.of(type)
        : Arrays.stream(type.getPermittedSubclasses()).flatMap(BadFileTest::records);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nag", "rmsprop", "adagrad", "adadelta"})
  void optimizersThatTheEngineCannotRunAreRefusedWithTheReason(String kind) {
    assertThat(problems(replaced("\"adam\"", "\"" + kind + "\"")))
        .singleElement()
        .asString()
        .contains("found \"" + kind + "\"", "DJL's PyTorch engine cannot run this optimizer");
  }

  @Test
  void aBaselineIsQuotedAsJsonAndHasNoHintWhereThereIsNoVariant() {
    String text = with("\"baseline\": \"\\\"\\u0001\"");
    assertThat(problems(text))
        .contains("baseline: found \"\\\"\\u0001\": needs the name of a variant");
  }

  /** The list's own value is found where it stands, and not where the grid could not set it. */
  @Test
  void aPathThatAGridCannotSetIsToldWithoutTheValueThatStaysThere() {
    String grid = "{\"penalty\": {\"kind\": \"none\"}, \"grid\": {\"network.hidden[7]\": [3]}}";
    String text = variants(NONE, grid).replace("\"mlp\"", "\"mlp\", \"hidden\": [0.5]");
    assertThat(problems(text))
        .containsExactly(
            "network.hidden[0]: found 0.5: needs a whole number from 1 to 65536",
            "variants[1].grid[\"network.hidden[7]\"]: needs a path through objects, and through"
                + " elements that a list has; this one is not");
  }

  @Test
  void aValueSetByAGridIsReportedAtTheGrid() {
    String lp = "{\"penalty\": {\"kind\": \"lp\", \"p\": 2}, \"grid\": %s}";
    assertThat(problems(variants(NONE, lp.formatted("{\"penalty.lambda\": [1, -2, \"x\"]}"))))
        .containsExactly(
            "variants[1].grid[\"penalty.lambda\"][1]: found -2: needs a number from 0 to 1000000,"
                + " or {\"matchWeightDecay\": s, \"learningRate\": r}",
            "variants[1].grid[\"penalty.lambda\"][2]: found \"x\": needs a number from 0 to"
                + " 1000000, or {\"matchWeightDecay\": s, \"learningRate\": r}");
    assertThat(
            problems(
                variants(NONE, lp.formatted("{\"penalty.lambda\": [1], \"penalty.pp\": [1, 2]}"))))
        .singleElement()
        .asString()
        .startsWith("variants[1].grid[\"penalty.pp\"]: unknown key; did you mean \"p\"");
    assertThat(problems(with("\"grid\": {\"data.labelNoise\": [0.1, 1.5]}", NONE)))
        .containsExactly("grid[\"data.labelNoise\"][1]: found 1.5: needs a number from 0 to 1");
  }

  @Test
  void aProblemThatManyRunsShareIsReportedOnce() {
    String grid =
        "{\"penalty\": {\"kind\": \"lp\", \"p\": -1},"
            + " \"grid\": {\"penalty.lambda\": [1, 2, 3], \"training.epochs\": [1, 2, 3]}}";
    assertThat(problems(variants(NONE, grid)))
        .containsExactly("variants[1].penalty.p: found -1: needs a number from 0 to 16");
  }

  @Test
  void keysThatDoNotFitEachOtherAreReported() {
    assertThat(problems(replaced("\"digits\"", "\"digits\", \"train\": 1300")))
        .containsExactly(
            "data.train: found 1300: train + validation below 1797 (the set's rows), so that test"
                + " rows are left; validation is 600");
    // Found through a grid, and named there.
    assertThat(problems(with("\"grid\": {\"data.train\": [100, 1300]}", NONE)))
        .singleElement()
        .asString()
        .startsWith("grid[\"data.train\"][1]: found 1300: train + validation below 1797");
  }

  @Test
  void aPenaltyThatTheOptimizerCannotTakeIsReported() {
    String decay = "{\"penalty\": {\"kind\": \"weight-decay\", \"strength\": 0.1}}";
    assertThat(problems(variants(NONE, decay).replace("\"adam\"", "\"adamw\"")))
        .singleElement()
        .asString()
        .startsWith("variants[1].penalty.kind: found \"weight-decay\": with optimizer adamw");
  }

  @Test
  void matchingAWeightDecayNeedsBothNumbers() {
    String lambda = "{\"matchWeightDecay\": -1, \"learningrate\": 2}";
    String lp = "{\"penalty\": {\"kind\": \"lp\", \"p\": 2, \"lambda\": " + lambda + "}}";
    assertThat(problems(variants(NONE, lp)))
        .containsExactly(
            "variants[1].penalty.lambda.matchWeightDecay: found -1: needs a number of at least 0",
            "variants[1].penalty.lambda.learningrate: found 2: unknown key; did you mean"
                + " \"learningRate\"? known here: matchWeightDecay, learningRate",
            "variants[1].penalty.lambda.learningRate: missing; needs a number of at least 0");
  }

  @Test
  void aBaseSectionThatEveryVariantReplacesIsCheckedToo() {
    String sgd =
        "{\"name\": \"none\", \"penalty\": {\"kind\": \"none\"},"
            + " \"optimizer\": {\"kind\": \"sgd\", \"learningRate\": 0.1}}";
    assertThat(problems(variants(sgd).replace("\"adam\"", "\"adam\", \"beta3\": 1")))
        .singleElement()
        .asString()
        .startsWith("optimizer.beta3: found 1: unknown key; did you mean \"beta1\"");
  }

  @Test
  void fiftyProblemsAreListedAndTheOthersCounted() {
    String many =
        IntStream.range(0, 70)
            .mapToObj(i -> "{\"name\": \"v" + i + "\", \"penalty\": {\"kind\": \"what\"}}")
            .collect(Collectors.joining(", "));
    assertThatThrownBy(() -> read(variants(NONE, many)))
        .isInstanceOf(ExperimentException.class)
        .hasMessageStartingWith(
            "test.json: 70 problems\n  variants[1].penalty.kind: found \"what\"")
        .hasMessageEndingWith("\n  and 20 more");
  }

  @Test
  void longValuesAreCut() {
    String key = "\"description\": [\"" + "x".repeat(500) + "\"]";
    assertThat(problems(with(key, NONE)))
        .containsExactly("description: found [\"" + "x".repeat(78) + "...: needs a text");
  }
}
