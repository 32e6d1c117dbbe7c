package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.shrinklab.experiment.ExperimentSchema;
import io.shrinklab.results.Tree;
import io.shrinklab.spec.Visible;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Experiment files that are right, nearly right and wrong, by {@code plan} and {@code list}. The
 * schema that the program prints is a second opinion, of another library: what it refuses the
 * program must refuse. A problem that is told must be where it is told, and with the value that is
 * there.
 */
class ExperimentFuzzTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectNode GENERATED = ExperimentSchema.generate();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(GENERATED);

  /** {@code path: found value: what is needed}, or what is not there. */
  private static final Pattern PROBLEM =
      Pattern.compile("  (.+?): (?:found (.*?): )?(\\S.*)", Pattern.DOTALL);

  /** Places in a text that is no JSON document. */
  private static final Pattern POSITION =
      Pattern.compile("line \\d+(, column -?\\d+)?|byte \\d+|the file");

  /** Values that no single place of the file has: a name that is made, a count. */
  private static final Pattern MADE = Pattern.compile("the name .*|\\d+ variants in .*");

  private static final Pattern MORE = Pattern.compile("  and \\d+ more");

  @TempDir private Path folder;

  private List<byte[]> shipped() throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("experiments"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
  }

  @Test
  void theProgramRefusesWhatTheSchemaRefusesAndNamesWhatIsThere() throws Exception {
    List<byte[]> shipped = shipped();
    Cases.run(getClass(), 120, random -> one(document(shipped, random), random.nextInt(8) == 0));
  }

  private static byte[] document(List<byte[]> shipped, SplittableRandom random) throws IOException {
    ObjectNode root =
        random.nextInt(3) == 0
            ? (ObjectNode) JSON.readTree(Draw.of(shipped, random))
            : new SchemaValues(GENERATED, random).experiment();
    JsonMutator mutator = new JsonMutator(random);
    for (int times = random.nextInt(4); times > 0; times--) {
      mutator.mutate(root);
    }
    String text = JSON.writeValueAsString(root);
    return switch (random.nextInt(12)) {
      case 0 -> mutator.doubled(text).getBytes(StandardCharsets.UTF_8);
      case 1 -> text.getBytes(Charset.forName(Draw.of(List.of("UTF-16LE", "UTF-32BE"), random)));
      case 2 -> Bytes.damaged(text.getBytes(StandardCharsets.UTF_8), random);
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
  }

  private void one(byte[] document, boolean listed) throws IOException {
    Path file = Files.write(folder.resolve("case.json"), document);
    Map<String, String> before = Tree.of(folder);
    Path results = folder.resolve("results");
    Said said = Said.of(folder, "plan", file.toString(), "--results", results.toString()).sound();
    if (listed) {
      Said list = Said.of(folder, "list", "--experiments", folder.toString()).sound();
      assertThat(list.code()).as("%s", list).isZero();
    }
    assertThat(Tree.of(folder)).isEqualTo(before);
    if (said.refused()) {
      checkProblems(file, document, said);
    } else {
      JsonNode tree = JSON.readTree(new String(document, charset(document)));
      assertThat(SCHEMA.validate(tree)).as("taken: %s", said).isEmpty();
      assertThat(said.out()).containsPattern("variants? x [\\d,]+ seeds? = [\\d,]+ runs?");
      assertThat(said.err()).isEmpty();
    }
  }

  /** By RFC 4627, 3: where the zeros are tells. */
  private static Charset charset(byte[] text) {
    if (text.length > 3 && text[0] == 0 && text[1] == 0) {
      return Charset.forName("UTF-32BE");
    }
    return text.length > 1 && text[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
  }

  private static void checkProblems(Path file, byte[] document, Said said) {
    assertThat(said.err()).as("%s", said).startsWith(file + ": ");
    if (!said.err().contains(" problem")) {
      // A right file that asks for what is not there: of data, of a network's layers.
      assertThat(said.err()).as("%s", said).containsPattern("(data|network|penalty)\\S*: .*found");
      return;
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(new String(document, charset(document)));
    } catch (IOException | NumberFormatException e) {
      tree = null;
    }
    for (String problem :
        said.err().substring(said.err().indexOf('\n') + 1).split("\n(?=  )", -1)) {
      Matcher matcher = PROBLEM.matcher(problem.stripTrailing());
      assertThat(matcher.matches() || MORE.matcher(problem.stripTrailing()).matches())
          .as("a place, a value and what is needed in \"%s\" of %s", problem, said)
          .isTrue();
      if (matcher.matches() && tree != null && !POSITION.matcher(matcher.group(1)).matches()) {
        checkPlace(tree, matcher.group(1), matcher.group(2), said);
      }
    }
  }

  private static void checkPlace(JsonNode tree, String path, String found, Said said) {
    JsonNode there = JsonPaths.at(tree, path);
    if (found == null) {
      // What is missing may be a key of what is missing, where a grid sets another key of it.
      String parent = JsonPaths.parent(path);
      assertThat(
              JsonPaths.at(tree, parent).isMissingNode()
                  && JsonPaths.at(tree, JsonPaths.parent(parent)).isMissingNode())
          .as("%s leads nowhere, by %s", path, said)
          .isFalse();
      return;
    }
    // What a grid sets within a list or object is quoted with it, and stands elsewhere.
    boolean merged = found.matches("(?s)[\\[{].*") && !tree.findValues("grid").isEmpty();
    if (!there.isMissingNode() && !merged && !MADE.matcher(found).matches()) {
      String value = there.isBigDecimal() ? there.decimalValue().toString() : there.toString();
      assertThat(Visible.line(value))
          .as("at %s, by %s", path, said)
          .startsWith(found.replaceAll("\\.\\.\\.$", ""));
    }
  }
}
