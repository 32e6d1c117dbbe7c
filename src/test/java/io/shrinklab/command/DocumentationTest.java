package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.AbsurdNetwork;
import io.shrinklab.training.HuberPenalty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What the documentation says to type, and where it leads, is there. */
class DocumentationTest {
  private static final CommandLine PROGRAM =
      CommandLineInterface.program(CommandLine.defaultFactory());

  /** What starts a command; or, in a block or between backticks, its bare name. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)(?:exec:java -Dexec\\.args=\"|-Dspark\\.args=\"|bin/shrinklab |io\\.shrinklab\\.Main |(?:^ {4}|`)(?=(?:"
              + String.join("|", PROGRAM.getSubcommands().keySet())
              + ") (?![A-Z_]+=|-- )))([^\"`\\n>|#]+)");

  /** Words that stand for others. */
  private static final Map<String, String> STAND_INS =
      Map.of("SWEEP", "smoke", "VARIANT", "none", "N", "3", "URI", "http://127.0.0.1:1");

  private static final Pattern EXPERIMENT = Pattern.compile("(?ms)^    \\{\\n(.*?)^    }$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private static final Map<String, Experiment> SHIPPED = new TreeMap<>();

  @BeforeAll
  static void shipped() throws Exception {
    for (Path file : new ExperimentFolder(Path.of("experiments")).files()) {
      SHIPPED.put(ExperimentFolder.name(file), ExperimentFile.read(file));
    }
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              docs.filter(page -> page.toString().endsWith(".md")),
              Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(Path::of))
          .sorted()
          .toList();
    }
  }

  /** Those that a page has in full, by their names; what they name of classes is of the tests. */
  private static Map<String, Experiment> experiments(String page) throws ExperimentException {
    Map<String, Experiment> experiments = new LinkedHashMap<>();
    for (MatchResult block : EXPERIMENT.matcher(page).results().toList()) {
      if (block.group().contains("\"variants\"")) {
        String text =
            block
                .group()
                .replaceAll("my\\.(lab\\.LogPenalty|Huber)", HuberPenalty.class.getName())
                .replaceAll("my\\.(lab\\.OneHidden|TwoLayers)", AbsurdNetwork.class.getName());
        Experiment experiment = ExperimentFile.parse(text, "page.json");
        experiments.put(experiment.name(), experiment);
      }
    }
    return experiments;
  }

  /** What of a page's commands cannot be typed as it stands. */
  private static List<String> problems(String page) throws ExperimentException {
    Map<String, Experiment> known = new TreeMap<>(SHIPPED);
    known.putAll(experiments(page));
    List<String> problems = new ArrayList<>();
    for (MatchResult command : COMMAND.matcher(page).results().toList()) {
      List<String> words = List.of(command.group(1).replaceAll("[\\[\\]]", "").strip().split(" +"));
      if (words.contains("...")) {
        continue;
      }
      try {
        if (words.size() > 1 && words.stream().skip(1).allMatch(word -> word.startsWith("--"))) {
          options(words);
        } else {
          whole(
              PROGRAM.parseArgs(
                  words.stream()
                      .map(word -> STAND_INS.getOrDefault(word, word))
                      .toArray(String[]::new)),
              known);
        }
      } catch (ParameterException | CommandException | ExperimentException e) {
        problems.add(String.join(" ", words) + ": " + e.getMessage());
      }
    }
    return problems;
  }

  /** Of a command that is told by its options alone. */
  private static void options(List<String> words) throws CommandException {
    CommandLine command = PROGRAM.getSubcommands().get(words.get(0));
    for (String word : words.subList(1, words.size())) {
      if (command.getCommandSpec().findOption(word) == null) {
        throw new CommandException("no option " + word);
      }
    }
  }

  private static void whole(ParseResult parsed, Map<String, Experiment> known)
      throws CommandException, ExperimentException {
    ParseResult command = parsed.subcommand();
    if (command == null || Set.of("list", "new", "schema").contains(command.commandSpec().name())) {
      return;
    }
    List<String> names =
        command.matchedPositionals().stream()
            .flatMap(positional -> positional.originalStringValues().stream())
            .toList();
    Experiment experiment = known.get(names.get(0));
    if (experiment == null && names.get(0).endsWith(".json")) {
      return;
    }
    if (experiment == null) {
      throw new CommandException("no experiment " + names.get(0));
    }
    List<String> variants = new ArrayList<>(names.subList(1, names.size()));
    variants.removeIf(known::containsKey);
    for (String option : List.of("--only", "--baseline")) {
      if (command.hasMatchedOption(option)) {
        variants.addAll(command.matchedOption(option).originalStringValues());
      }
    }
    Map<String, String> values =
        command.hasMatchedOption("--set")
            ? command.matchedOptionValue("--set", Map.of())
            : Map.of();
    for (String variant : variants) {
      SpecJson.with(new RunSpec(RunSelection.variant(experiment, variant), 0), values, "--set");
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandCanBeTypedAsItStands(Path page) throws Exception {
    assertThat(problems(Files.readString(page))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    mvn -q compile exec:java -Dexec.args=\"run smoke --fast\"",
        "    mvn -q compile exec:java -Dexec.args=\"tune smoke\"",
        "see `run no-such-sweep`",
        "    rerun smoke no-such-variant --seed 1",
        "    rerun smoke l2-weights-1e-03 --set penalty.lamda=1",
        "    compare smoke none no-such-variant",
        "    bin/shrinklab run smoke --only no-such-variant",
        "`run --fast`",
        "java io.shrinklab.Main plan smoke --seeds many",
      })
  void aCommandThatCannotIsFound(String text) throws Exception {
    assertThat(problems("Text.\n\n" + text + "\n")).hasSize(1);
  }

  @Test
  void noCommandOfTheTutorialIsOverlooked() throws Exception {
    String tutorial = Files.readString(Path.of("docs/tutorial.md"));
    assertThat(COMMAND.matcher(tutorial).results().filter(each -> each.group().startsWith("exec")))
        .hasSize(tutorial.split("exec\\.args=", -1).length - 1)
        .hasSizeGreaterThan(6);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageHeadingAndPictureThatIsLinkedIsThere(Path page) throws Exception {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      Path target =
          link.group(1).isEmpty() ? page : page.toAbsolutePath().resolveSibling(link.group(1));
      assertThat(target).as("linked from %s", page).exists();
      if (link.group(2) != null) {
        assertThat(anchors(Files.readString(target)))
            .as("headings of %s, linked from %s", target, page)
            .contains(link.group(2));
      }
    }
  }

  /** As GitHub makes them: letters, digits, hyphens and underscores, with hyphens for spaces. */
  private static Set<String> anchors(String page) {
    return HEADING
        .matcher(page)
        .results()
        .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theExperimentsOnThePagesHaveAsManyRunsAsIsSaid() throws Exception {
    Map<String, Long> sizes = new TreeMap<>();
    for (Path page : pages()) {
      for (Experiment experiment : experiments(Files.readString(page)).values()) {
        sizes.put(page.getFileName() + " " + experiment.name(), experiment.size());
      }
    }
    assertThat(sizes)
        // (none, 2 p x 2 lambdas) in two settings, ten seeds.
        .containsEntry("README.md page", (1 + 4) * 2 * 10L)
        // (none, matched L2, 3 p x 2 lambdas, wide) in two settings, ten seeds.
        .containsEntry("experiment-file.md my-question", (1 + 1 + 6 + 1) * 2 * 10L)
        .containsEntry("tutorial.md my-lambdas", 60L);
    assertThat(SHIPPED.get("lp-ablation").size()).as("the tutorial's").isEqualTo(600);
  }

  /** {@link HuberPenalty} is held against hand arithmetic. */
  @Test
  void thePenaltyOfTheHowToIsTheOneThatIsTested() throws Exception {
    String tested =
        Files.readString(Path.of("src/test/java/io/shrinklab/training/HuberPenalty.java"))
            .replace("HuberPenalty", "Huber");
    List<String> lines =
        Files.readString(Path.of("docs/own-penalty.md"))
            .lines()
            .dropWhile(line -> !line.equals("    package my;"))
            .takeWhile(line -> line.isEmpty() || line.startsWith("    "))
            .map(line -> line.replaceFirst(" //.*", "").strip())
            .skip(1)
            .toList();
    assertThat(lines).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(tested).contains(line));
  }
}
