package io.shrinklab.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.experiment.Identity;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunEnd;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
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
 * @param chanceScore what a guess scores on the validation rows; null in files that were written
 *     before it was recorded
 * @param copiedFrom the run folder, under the results root, that this one was copied from; null
 *     when it was trained here
 * @param optimalityViolation how far from an optimum a linear network ended; null where that means
 *     nothing, and in files that were written before it was recorded
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
    @Nullable Double chanceScore,
    @Nullable String copiedFrom,
    @Nullable Double optimalityViolation,
    SortedMap<RunFile, FileSeal> files) {

  static final int FORMAT = 1;

  /** The last key: SHA-256 over the compact form of everything before it. */
  private static final String SEAL = "sha256";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
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

  /** Of a run that ended just now. */
  static RunJson of(
      RunEnd end,
      Environment environment,
      Instant started,
      Instant ended,
      SortedMap<RunFile, FileSeal> files) {
    String data = end.match(RunOutcome::dataSha256, failure -> "");
    String weights = end.match(trained -> trained.weights().sha256(), failure -> "");
    return new RunJson(
        FORMAT,
        Identity.of(end.spec()),
        end.spec().variant().name(),
        end.spec().seed(),
        SpecJson.write(end.spec()),
        end.status(),
        end.reason(),
        end.match(RunOutcome::scoreName, failure -> ""),
        end.epochs().size(),
        end.<@Nullable BestEpoch>match(RunOutcome::best, failure -> null),
        // Of a failed run nobody counted rows; this format says so with zeros here, null there.
        end.match(RunOutcome::sizes, failure -> new PartSizes(0, 0, 0, 0, 0)),
        environment.provenance(data, weights, end.epochs(), started, ended),
        end.<@Nullable EqualRows>match(RunOutcome::equalRows, failure -> null),
        end.<@Nullable Double>match(RunOutcome::chanceScore, failure -> null),
        null,
        end.<@Nullable Double>match(
            trained ->
                Double.isNaN(trained.optimalityViolation()) ? null : trained.optimalityViolation(),
            failure -> null),
        files);
  }

  /** Reads the document; its seal holds, and no value is missing. */
  static RunJson read(byte[] bytes, RunSpec spec) throws IOException, DamagedException {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
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
      completeSizes(document, spec);
      RunJson run = MAPPER.treeToValue(document, RunJson.class);
      requireValues(run, "");
      return run;
    } catch (JsonMappingException e) {
      // The library's own words name our classes.
      String key = e.getPath().stream().map(RunJson::step).collect(Collectors.joining("."));
      throw new DamagedException("run.json is not whole: " + key + " is not what a run has there");
    } catch (JsonProcessingException e) {
      throw new DamagedException("run.json is not whole: " + e.getOriginalMessage());
    }
  }

  private static String step(JsonMappingException.Reference step) {
    return step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName();
  }

  /**
   * Adds the size of validation's own pool to a document of before it was recorded. Where there is
   * one it is taken as small as it can be, which makes the overlap of two seeds' splits the largest
   * that it can be: all of it was asked for, or one row was left over.
   */
  private static void completeSizes(ObjectNode document, RunSpec spec) {
    if (document.get("sizes") instanceof ObjectNode sizes && !sizes.has("validationPool")) {
      DataSpec data = spec.variant().data();
      int left = data.validation().equals(Rows.of(0)) ? 0 : 1;
      sizes.put(
          "validationPool", data.hasOwnValidation() ? sizes.path("validation").asInt() + left : 0);
    }
  }

  /**
   * What a record may hold, found once for its class.
   *
   * @param name of the component
   * @param nullable whether null is a value of it
   */
  private record Part(String name, Method accessor, boolean nullable) {
    static Part of(RecordComponent component) {
      return new Part(
          component.getName(),
          component.getAccessor(),
          component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }
  }

  private static final ClassValue<List<Part>> PARTS =
      new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
        }
      };

  /** Refuses null wherever the record does not allow it, however deep. */
  private static void requireValues(Record record, String place) throws DamagedException {
    for (Part part : PARTS.get(record.getClass())) {
      Object value;
      try {
        value = part.accessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(part.name() + " cannot be read", e);
      }
      if ((value == null || value instanceof NullNode) && !part.nullable()) {
        throw new DamagedException("run.json has no value for " + place + part.name());
      }
      if (value instanceof Record inner) {
        requireValues(inner, place + part.name() + ".");
      }
    }
  }

  /** Refuses a document that leaves out a file that every such run has. */
  void requireFiles() throws DamagedException {
    Set<RunFile> needed = EnumSet.copyOf(RunFile.ALWAYS);
    if (status != RunStatus.FAILED) {
      needed.add(RunFile.WEIGHTS);
    }
    for (RunFile file : needed) {
      if (!files.containsKey(file)) {
        throw new DamagedException("run.json has no checksum of " + file.fileName());
      }
    }
    for (Map.Entry<RunFile, FileSeal> file : files.entrySet()) {
      if (file.getKey() == RunFile.RUN || file.getValue() == null) {
        throw new DamagedException("run.json has a wrong checksum of " + file.getKey().fileName());
      }
      requireValues(file.getValue(), "files." + file.getKey().fileName() + ".");
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
        chanceScore,
        from,
        optimalityViolation,
        files);
  }
}
