package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentSchemaTest {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final JsonSchema SCHEMA = FACTORY.getSchema(ExperimentSchema.generate());

  @Test
  void theSchemaIsItselfRight() {
    JsonSchema meta = FACTORY.getSchema(SchemaLocation.of(com.networknt.schema.SchemaId.V202012));
    assertThat(meta.validate(ExperimentSchema.generate())).isEmpty();
  }

  /** Written anew by {@code schema > docs/experiment.schema.json}. */
  @Test
  void editorsFindItAmongTheDocuments() throws Exception {
    assertThat(JsonText.MAPPER.readTree(Path.of("docs/experiment.schema.json").toFile()))
        .isEqualTo(JsonText.MAPPER.readTree(ExperimentSchema.text()));
  }

  @Test
  void theShippedExperimentsFollowIt() throws Exception {
    for (Path file : new ExperimentFolder(Path.of("experiments")).files()) {
      JsonNode json = JsonText.MAPPER.readTree(Files.readAllBytes(file));
      assertThat(SCHEMA.validate(json)).as(file.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"seeds\": 2'     | '\"seed\": 2'",
        "'\"seeds\": 2'     | '\"seeds\": 0'",
        "'\"epochs\": 3'    | '\"epochs\": 0'",
        "'\"epochs\": 3'    | '\"epochs\": 2.5'",
        "'\"epochs\": 3'    | '\"epochs\": 3, \"nearZero\": 0'",
        "'\"adam\"'         | '\"rmsprop\"'",
        "'\"mlp\"'          | '\"mlp\", \"hiden\": [3]'",
        "'\"mlp\"'          | '\"mlp\", \"hidden\": [0]'",
        "'\"digits\"'       | '\"digits\", \"split\": \"other\"'",
        "'\"digits\"'       | '\"digits\", \"train\": 0'",
        "'\"digits\"'       | '\"digits\", \"train\": 1.5'",
        "'\"digits\"'       | '\"digits\", \"validation\": -0.2'",
        "'\"digits\"'       | '\"digits\", \"validation\": 1796'",
        "'{\"kind\": \"none\"}' | '{\"kind\": \"none\", \"lambda\": 1}'",
        "'{\"kind\": \"none\"}' | '{\"kind\": \"none\"}, \"grid\": {\"trainin.epochs\": [1]}'",
        "'{\"kind\": \"none\"}' | '{\"kind\": \"none\"}, \"grid\": {\"training.epochs\": []}'",
      })
  void whatTheReaderRefusesInAnyFileTheSchemaRefusesToo(String piece, String by) throws Exception {
    String text = ExperimentTexts.replaced(piece, by);
    assertThat(ExperimentTexts.problems(text)).isNotEmpty();
    assertThat(SCHEMA.validate(JsonText.MAPPER.readTree(text))).isNotEmpty();
    String right = ExperimentTexts.variants(ExperimentTexts.NONE);
    assertThat(SCHEMA.validate(JsonText.MAPPER.readTree(right))).isEmpty();
  }

  @Test
  void sizesAreCountsOrShares() throws Exception {
    for (String size : new String[] {"1", "300", "0.2", "1e-3"}) {
      String text = ExperimentTexts.replaced("\"digits\"", "\"digits\", \"train\": " + size);
      assertThat(SCHEMA.validate(JsonText.MAPPER.readTree(text))).as(size).isEmpty();
      assertThat(ExperimentTexts.read(text).size()).as(size).isEqualTo(2);
    }
  }

  @Test
  void keysCarryTheirDocumentationAndDefault() {
    JsonNode batchSize = ExperimentSchema.generate().at("/$defs/TrainingSpec/properties/batchSize");
    assertThat(batchSize.path("default").asInt()).isEqualTo(32);
    assertThat(batchSize.path("minimum").asInt()).isEqualTo(1);
    assertThat(batchSize.path("description").asText()).startsWith("Rows per optimizer step");
  }
}
