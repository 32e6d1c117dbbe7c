package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.results.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code plan} over data of the user's, and what must hold of it whatever the data are. */
final class DataCase {
  /** A key of the experiment file, or a place in the data; and that something was found there. */
  private static final Pattern PLACE = Pattern.compile("data\\.\\w+|data: |row \\d+|mnist: ");

  private static final Pattern FOUND =
      Pattern.compile(
          "found |missing;| has | have | holds? | is | are |says | ends |begins with | cannot be read | lacks ");

  private final Path folder;

  DataCase(Path folder) {
    this.folder = folder;
  }

  /** A file or folder in the folder of the data. */
  Path path(String name) {
    return folder.resolve("data").resolve(name);
  }

  /** The {@code data} of an experiment file. */
  static ObjectNode spec(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }

  /**
   * Plans, and holds what was said against what must be: nothing is changed; a refusal names the
   * experiment's file, the data's and a place in it.
   *
   * @param file of the data, as refusals must name it
   */
  Said plan(ObjectNode data, String file) throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("data", data);
    root.putObject("network").put("kind", "linear");
    root.putObject("optimizer").put("kind", "sgd").put("learningRate", 0.1);
    root.putObject("training").put("epochs", 1);
    root.put("seeds", 2);
    root.putArray("variants").addObject().putObject("penalty").put("kind", "none");
    Path experiment =
        Files.write(folder.resolve("case.json"), root.toString().getBytes(StandardCharsets.UTF_8));
    Map<String, String> before = Tree.of(folder);
    Said said =
        Said.of(
                folder,
                "plan",
                experiment.toString(),
                "--results",
                folder.resolve("results").toString(),
                "--data-dir",
                folder.resolve("data").toString())
            .sound();
    assertThat(Tree.of(folder)).as("%s", said).isEqualTo(before);
    if (said.refused()) {
      assertThat(said.err()).as("%s", said).startsWith(experiment + ": ");
      String problem = said.err().substring(experiment.toString().length());
      if (!problem.startsWith(": 1 problem\n") && !problem.contains(" problems\n")) {
        assertThat(problem).as("%s", said).containsPattern(PLACE).containsPattern(FOUND);
        if (!problem.startsWith(": data: ")
            && !problem.startsWith(": data.train: ")
            && !problem.startsWith(": data.validation: ")
            && !problem.startsWith(": data.labelNoise: ")
            && !problem.startsWith(": data.target: found ")) {
          assertThat(problem).as("%s", said).contains(file);
        }
      }
    } else {
      // How many rows MNIST's parts have takes an engine to tell.
      boolean told = !data.path("kind").asText().equals("mnist");
      assertThat(said.out()).as("%s", said).contains(told ? "Rows: training " : "2 to run.");
      assertThat(said.err()).as("%s", said).isEmpty();
    }
    return said;
  }
}
