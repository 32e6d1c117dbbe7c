package io.shrinklab.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code run.json}.
 *
 * @param format of this file; grows when a key changes its meaning
 * @param identity the run's full hash: decides whether this is the run that was asked
 * @param variant for people; the folder's name
 * @param seed for people; the folder's name
 * @param spec resolved, as JSON
 * @param status how the run ended
 * @param reason why it did not complete
 * @param scoreName the score's name
 * @param epochs rows of {@code metrics.csv}
 * @param best what validation chose
 * @param sizes rows in the parts
 * @param provenance where the numbers come from
 * @param equalRows rows of the other parts that equal a training row; null in files that were
 *     written before it was recorded
 * @param copiedFrom the run folder, under the results root, that this one was copied from; null
 *     when it was trained here
 * @param files the other files of the folder with size and checksum
 */
record RunJson(
    int format,
    String identity,
    String variant,
    long seed,
    JsonNode spec,
    RunStatus status,
    String reason,
    String scoreName,
    int epochs,
    @Nullable BestEpoch best,
    PartSizes sizes,
    Provenance provenance,
    @Nullable EqualRows equalRows,
    @Nullable String copiedFrom,
    SortedMap<String, FileSeal> files) {

  static final int FORMAT = 1;

  /** The last key: SHA-256 over the compact form of everything before it. */
  private static final String SEAL = "sha256";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  /** The document, sealed. */
  Content content() {
    ObjectNode document = MAPPER.valueToTree(this);
    return out -> {
      document.put(SEAL, Sha256.of(MAPPER.writeValueAsBytes(document)));
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
      out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    };
  }

  /** Reads a document whose seal holds. */
  static RunJson read(Path file) throws IOException, DamagedException {
    try {
      JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
      if (!(tree instanceof ObjectNode document)) {
        throw new DamagedException("run.json is no JSON object");
      }
      JsonNode seal = document.remove(SEAL);
      if (seal == null || !seal.asText().equals(Sha256.of(MAPPER.writeValueAsBytes(document)))) {
        throw new DamagedException("run.json does not match its own checksum");
      }
      int format = document.path("format").asInt();
      if (format != FORMAT) {
        throw new DamagedException(
            "run.json has format " + format + "; this program reads " + FORMAT);
      }
      return MAPPER.treeToValue(document, RunJson.class);
    } catch (JsonProcessingException e) {
      throw new DamagedException("run.json is not whole: " + e.getOriginalMessage());
    }
  }

  /** The same run under another name, as a copy. */
  RunJson copiedTo(String variantName, JsonNode resolved, String from) {
    return new RunJson(
        format,
        identity,
        variantName,
        seed,
        resolved,
        status,
        reason,
        scoreName,
        epochs,
        best,
        sizes,
        provenance,
        equalRows,
        from,
        files);
  }
}
