package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.results.RunState;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.Tree;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders of results in every state and after every kind of tampering, under every command: nothing
 * outside is touched, who only reads changes nothing, and a run that could be read before is there
 * after, byte for byte.
 */
@ExtendWith(EngineExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
class ResultsFuzzTest {
  private static final String SWEEP =
      """
      {"data": {"kind": "digits", "train": 20, "validation": 20}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1}, "training": {"epochs": 2}, "seeds": 3,
       "variants": [
         {"name": "none", "penalty": {"kind": "none"}},
         {"name": "decay", "penalty": {"kind": "weight-decay", "strength": 0.02}}]}
      """;

  private static final List<String> OLDER_REPORT =
      List.of("report.html", "summary.csv", "runs.csv", "metrics.csv", "charts/loss.png");

  /** What each command may do in the sweep's folder. */
  private enum Command {
    PLAN("plan two", ""),
    PLAN_JSON("plan two --json", ""),
    LIST("list", ""),
    COMPARE("compare two none decay", ""),
    COMPARE_SWEEPS("compare two other", ""),
    COMPARE_CSV("compare two none decay --csv seeds", ""),
    RERUN("rerun two decay --seed 1", ""),
    REPORT("report two", "report"),
    REPORT_BASELINE("report two --baseline decay", "report"),
    RUN("run two --jobs 1", "report runs"),
    RUN_SOME("run two --jobs 1 --only decay --seeds 0..3", "report runs");

    private final String words;
    private final String writes;

    Command(String words, String writes) {
      this.words = words;
      this.writes = writes;
    }

    String[] arguments() {
      return words.split(" ", -1);
    }

    boolean reports() {
      return writes.contains("report");
    }

    boolean trains() {
      return writes.contains("runs");
    }
  }

  @TempDir private Path folder;
  private Path root;
  private Path whole;
  private Path results;
  private Path sweep;
  private Experiment experiment;

  @BeforeEach
  void store() throws Exception {
    whole = folder.resolve("whole");
    root = folder.resolve("root");
    results = root.resolve("results");
    sweep = results.resolve("two");
    Path experiments = Files.createDirectories(root.resolve("experiments"));
    for (String name : List.of("two", "other")) {
      // Runs that are equal are copied from one sweep to the other.
      String text = name.equals("two") ? SWEEP : SWEEP.replace("0.02", "0.03");
      Path file = Files.writeString(experiments.resolve(name + ".json"), text);
      experiment = ExperimentFile.read(file);
      SweepFolder stored = SweepFolder.open(results, name);
      for (RunSpec run : experiment.runs().toList()) {
        TestRuns.store(stored, run);
      }
    }
    Files.createDirectory(sweep.resolve("charts"));
    for (String file : OLDER_REPORT) {
      Files.writeString(sweep.resolve(file), "an older report's " + file);
    }
    experiment = ExperimentFile.read(experiments.resolve("two.json"));
    Files.writeString(Files.createDirectory(root.resolve("outside")).resolve("file.txt"), "mine");
    Tampering.copy(root, whole);
  }

  private Said say(String... words) {
    List<String> command = new ArrayList<>(List.of(words));
    command.addAll(List.of("--experiments", root.resolve("experiments").toString()));
    if (!words[0].equals("list")) {
      command.addAll(List.of("--results", results.toString()));
    }
    return Said.of(folder, command.toArray(String[]::new));
  }

  @Test
  void whateverWasDoneToResultsNothingThatCouldBeReadBecomesLess() throws Exception {
    Cases.run(getClass(), 18, this::one);
  }

  private void one(SplittableRandom random) throws Exception {
    Tampering.remove(root);
    Tampering.copy(whole, root);
    List<String> done = new ArrayList<>();
    for (RunSpec run : experiment.runs().toList()) {
      if (random.nextInt(4) == 0) {
        Tampering.remove(folderOf(run));
        done.add("no " + run.label());
      }
    }
    Tampering tampering = new Tampering(sweep, root.resolve("outside"), random);
    for (int times = random.nextInt(4); times > 0; times--) {
      done.add(tampering.one());
    }
    Command command = command(random);
    Map<String, String> before = Tree.of(root);
    Map<String, String> readable = readable();

    Said said = say(command.arguments());

    String history = done + "\n" + said;
    if (command == Command.RERUN && said.code() == 1) {
      // The stored runs are made up, and the engine's are not.
      assertThat(said.out()).as(history).contains("stored");
    } else {
      said.sound();
    }
    if (said.refused()) {
      assertThat(said.err()).as(history).contains(root.toString());
    }
    Map<String, String> after = Tree.of(root);
    assertThat(changed(before, after, command, said.refused())).as(history).isEqualTo(Map.of());
    for (Map.Entry<String, String> file : readable.entrySet()) {
      assertThat(after.get(file.getKey()))
          .as("%s; %s", file.getKey(), history)
          .isEqualTo(file.getValue());
    }
  }

  /** Commands that draw charts or start processes take long, and are drawn seldom. */
  private static Command command(SplittableRandom random) {
    boolean seldom = random.nextInt(10) == 0;
    return Draw.of(
        Arrays.stream(Command.values()).filter(each -> each.reports() == seldom).toList(), random);
  }

  private Path folderOf(RunSpec run) {
    return SweepFolder.open(results, "two").path(run);
  }

  /** The files of all runs that can be read, as a tree has them. */
  private Map<String, String> readable() throws IOException {
    Map<String, String> files = new TreeMap<>();
    for (RunSpec run : experiment.runs().toList()) {
      if (SweepFolder.open(results, "two").read(run).state() == RunState.COMPLETE) {
        Path of = folderOf(run);
        Tree.of(of).forEach((name, line) -> files.put(path(of.resolve(name)), line));
      }
    }
    return files;
  }

  private String path(Path file) {
    return root.relativize(file).toString();
  }

  /** What differs though the command must not touch it: before and after. */
  private Map<String, String> changed(
      Map<String, String> before, Map<String, String> after, Command command, boolean refused) {
    // A report that is refused is not begun.
    boolean reported = command.reports() && !refused;
    Map<String, String> differ = new TreeMap<>();
    before.forEach((name, line) -> differ.put(name, line + " -> " + after.get(name)));
    after.forEach((name, line) -> differ.putIfAbsent(name, "nothing -> " + line));
    differ
        .keySet()
        .removeIf(
            name ->
                String.valueOf(before.get(name)).equals(String.valueOf(after.get(name)))
                    || (reported && name.startsWith("results/two/") && !isRun(name))
                    || (command.trains() && name.startsWith("results/two")));
    return differ;
  }

  private static boolean isRun(String name) {
    return name.equals("results/two/runs") || name.startsWith("results/two/runs/");
  }
}
