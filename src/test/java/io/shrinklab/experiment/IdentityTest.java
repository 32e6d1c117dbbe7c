package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.read;
import static io.shrinklab.experiment.ExperimentTexts.variants;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.RunSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
  private static final String LP = "{\"kind\": \"lp\", \"p\": 2, \"lambda\": 1e-5}";

  /** The only variant of a file, with seed 3. */
  private static RunSpec run(String text) throws ExperimentException {
    return new RunSpec(read(text).variants().get(0), 3);
  }

  private static String lp(String penalty) {
    String text = variants("{\"name\": \"v\", \"penalty\": " + penalty + "}");
    return text.replace("\"variants\"", "\"baseline\": \"v\", \"variants\"");
  }

  @Test
  void theHashIsTheSha256OfTheCanonicalText() throws ExperimentException {
    RunSpec run = run(lp(LP).replace("\"epochs\": 3", "\"epochs\": 60"));
    assertThat(Identity.canonical(run))
        .isEqualTo(
            "{\"data\":{\"kind\":\"digits\"},\"network\":{\"kind\":\"mlp\"},"
                + "\"optimizer\":{\"kind\":\"adam\"},"
                + "\"penalty\":{\"kind\":\"lp\",\"lambda\":0.00001,\"p\":2},"
                + "\"protocol\":2,\"seed\":3,\"training\":{\"epochs\":60}}");
    // That text through sha256sum of GNU coreutils.
    assertThat(Identity.of(run))
        .isEqualTo("c44284c23094972c8865d3fc2b1a14b3b689414999cad4611f4617861648b64f");
    assertThat(Identity.shortOf(run)).isEqualTo("c44284c2");
  }

  @Test
  void valuesThatAreNoDefaultsAreSortedByKeyAndSeedsKeepAllDigits() throws ExperimentException {
    String text =
        """
        {"optimizer": {"learningRate": 0.50, "kind": "sgd"},
         "training": {"timeoutMinutes": 5, "epochs": 5, "batchSize": 8},
         "network": {"kind": "mlp", "hidden": [16]},
         "data": {"train": 400, "labelNoise": 2e-1, "kind": "digits"},
         "seeds": [9007199254740993],
         "variants": [{"penalty": {"kind": "none"}}]}
        """;
    RunSpec run = read(text).runs().findFirst().orElseThrow();
    assertThat(Identity.canonical(run))
        .isEqualTo(
            "{\"data\":{\"kind\":\"digits\",\"labelNoise\":0.2,\"train\":400},"
                + "\"network\":{\"hidden\":[16],\"kind\":\"mlp\"},"
                + "\"optimizer\":{\"kind\":\"sgd\",\"learningRate\":0.5},"
                + "\"penalty\":{\"kind\":\"none\"},"
                + "\"protocol\":2,\"seed\":9007199254740993,"
                + "\"training\":{\"batchSize\":8,\"epochs\":5}}");
    assertThat(Identity.of(run))
        .isEqualTo("c54d882c9d18f39ab244b9dd4448beb82c3d20feb04de58ae1c5d33db6acecc4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"lambda\": 1e-5'     | '\"lambda\": 0.0000100'",
        "'\"lambda\": 1e-5'     | '\"lambda\": {\"matchWeightDecay\": 0.02, \"learningRate\": 0.001}'",
        "'\"lambda\": 1e-5'     | '\"lambda\": 1e-5, \"scope\": \"weights\"'",
        "'\"lambda\": 1e-5'     | '\"lambda\": 1e-5, \"layers\": null'",
        "'\"p\": 2'             | '\"p\": 2.0'",
        "'\"epochs\": 3'        | '\"epochs\": 3, \"batchSize\": 32'",
        "'\"epochs\": 3'        | '\"epochs\": 3, \"timeoutMinutes\": 7'",
        "'\"name\": \"v\"'      | '\"name\": \"w\"'",
        "'\"digits\"'           | '\"digits\", \"train\": 300.0'",
        "'\"adam\"'             | '\"adam\", \"schedule\": {\"kind\": \"constant\", \"warmupEpochs\": 0}'",
        "'\"mlp\"'              | '\"mlp\", \"hidden\": [128, 64]'",
      })
  void spellingDefaultsNamesAndTimeLimitsDoNotChangeIt(String piece, String by)
      throws ExperimentException {
    String changed =
        lp(LP).replace(piece, by).replace("baseline\": \"v", "baseline\": \"" + name(by));
    assertThat(changed).isNotEqualTo(lp(LP));
    assertThat(Identity.of(run(changed))).isEqualTo(Identity.of(run(lp(LP))));
  }

  private static String name(String by) {
    return by.contains("\"w\"") ? "w" : "v";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"lambda\": 1e-5' | '\"lambda\": 1.0000000001e-5'",
        "'\"lambda\": 1e-5' | '\"lambda\": 1e-5, \"scope\": \"all\"'",
        "'\"p\": 2'         | '\"p\": 2.5'",
        "'\"epochs\": 3'    | '\"epochs\": 4'",
        "'\"epochs\": 3'    | '\"epochs\": 3, \"batchSize\": 31'",
        "'\"adam\"'         | '\"adam\", \"schedule\": {\"kind\": \"constant\", \"warmupEpochs\": 1}'",
        "'\"mlp\"'          | '\"mlp\", \"hidden\": [64, 128]'",
        "'\"digits\"'       | '\"digits\", \"split\": \"fixed\"'",
        "'\"digits\"'       | '\"digits\", \"train\": 0.2'",
        "'\"digits\"'       | '\"digits\", \"train\": 1'",
      })
  void whatDecidesTheOutcomeChangesIt(String piece, String by) throws ExperimentException {
    assertThat(Identity.of(run(lp(LP).replace(piece, by)))).isNotEqualTo(Identity.of(run(lp(LP))));
    RunSpec run = run(lp(LP));
    assertThat(Identity.of(new RunSpec(run.variant(), 4))).isNotEqualTo(Identity.of(run));
  }

  /** Alone where the two meet: all other runs have the text that they had. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lp             | decoupled | sgd  | 0.9 | true",
        "lp             | decoupled | sgd  | 0   | false",
        "lp             | proximal  | sgd  | 0.9 | false",
        "lp             | gradient  | sgd  | 0.9 | false",
        "lp             | decoupled | adam |     | false",
        "decoupled-decay|           | sgd  | 0.9 | false",
      })
  void decoupledStepsUnderMomentumSayThatTheVelocityTakesThemIn(
      String penalty, String method, String optimizer, Double momentum, boolean marked)
      throws ExperimentException {
    String asked =
        penalty.equals("lp")
            ? LP.replace("}", ", \"method\": \"" + method + "\"}")
            : "{\"kind\": \"decoupled-weight-decay\", \"strength\": 0.1}";
    String text =
        lp(asked)
            .replace(
                "\"adam\"",
                "\""
                    + optimizer
                    + "\", \"learningRate\": 0.1"
                    + (momentum == null ? "" : ", \"momentum\": " + momentum));
    assertThat(Identity.canonical(run(text)).contains("\"decoupledSteps\":\"inertial\""))
        .isEqualTo(marked);
  }

  @Test
  void aShareOfTheRowsIsHashedAsItIsWritten() throws ExperimentException {
    String text =
        lp(LP).replace("\"digits\"", "\"digits\", \"train\": 2.50e-1, \"validation\": 99");
    assertThat(Identity.canonical(run(text)))
        .contains("\"data\":{\"kind\":\"digits\",\"train\":0.25,\"validation\":99}");
    assertThat(SpecJson.write(run(text)).at("/variant/data").toString())
        .contains("\"train\":0.25,\"validation\":99");
  }

  @Test
  void aRunComesBackFromItsJson() throws Exception {
    String layers = LP.replace("}", ", \"layers\": [{\"match\": \"dense*\", \"lambda\": 1e-7}]}");
    for (String penalty : new String[] {"{\"kind\": \"none\"}", LP, layers}) {
      RunSpec run = run(lp(penalty).replace("\"digits\"", "\"digits\", \"validation\": 0.25"));
      String json = SpecJson.write(run).toString();
      RunSpec again = SpecJson.read(JsonText.MAPPER.readTree(json));
      assertThat(again).isEqualTo(run);
      assertThat(Identity.of(again)).isEqualTo(Identity.of(run));
    }
  }

  @Test
  void writtenJsonSpellsEverythingOut() throws ExperimentException {
    ObjectNode json = SpecJson.write(run(lp(LP)));
    assertThat(json.at("/seed").asLong()).isEqualTo(3);
    assertThat(json.at("/variant/name").asText()).isEqualTo("v");
    assertThat(json.at("/variant/training/batchSize").asInt()).isEqualTo(32);
    assertThat(json.at("/variant/penalty/scope").asText()).isEqualTo("weights");
    assertThat(json.at("/variant/network/hidden/0").asInt()).isEqualTo(128);
  }

  @Test
  void aDamagedRunIsRefused() throws ExperimentException {
    ObjectNode json = SpecJson.write(run(lp(LP)));
    json.remove("seed");
    ((ObjectNode) json.at("/variant/training")).put("epochs", -1);
    assertThatThrownBy(() -> SpecJson.read(json))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("variant.training.epochs: found -1: needs a whole number")
        .hasMessageContaining("seed: missing; needs a whole number");
  }

  @Test
  void valuesOfARunCanBeReplaced() throws ExperimentException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("training.epochs", "5");
    values.put("data.split", "fixed");
    values.put("network.hidden", "[8]");
    RunSpec changed = SpecJson.with(run(lp(LP)), values, "--set");
    assertThat(changed.variant().training().epochs()).isEqualTo(5);
    assertThat(changed.variant().data().split()).isEqualTo(DataSpec.Split.FIXED);
    assertThat(changed.variant().network()).extracting("hidden").asString().isEqualTo("[8]");
    assertThat(Identity.of(changed)).isNotEqualTo(Identity.of(run(lp(LP))));
  }

  @Test
  void replacedValuesAreCheckedAndNamedByTheirOption() {
    assertThatThrownBy(
            () ->
                SpecJson.with(
                    run(lp(LP)), Map.of("training.epoch", "5", "data.train", "no"), "--set"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(
            "--set training.epoch: found 5: unknown key; did you mean \"epochs\"?")
        .hasMessageContaining(
            "--set data.train: found \"no\": needs a whole number from 1 to 1795");
    assertThatThrownBy(() -> SpecJson.with(run(lp(LP)), Map.of("epochs", "5"), "--set"))
        .hasMessageContaining("--set epochs: a path begins with one of data, network");
  }
}
