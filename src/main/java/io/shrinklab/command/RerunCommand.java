package io.shrinklab.command;

import io.shrinklab.command.Reproduction.Result;
import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.Identity;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.sweep.DataNames;
import io.shrinklab.training.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rerun}. */
@Command(
    name = "rerun",
    description = {
      "One run again, in this process, for debugging: breakpoints work. Without an override it checks"
          + " that it reproduced the stored run bit for bit, weights, metrics and test score, and names"
          + " the first epoch and column that differ. It never changes the stored run.",
      "",
      "With --log-steps it also writes what every optimizer step did to every parameter, as two CSV"
          + " files and as a page; of two variants both, on one page, and the step at which they part."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation l2-weights-1e-05 --seed 3\"",
      "  mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation none --epochs 2 --log-steps\"",
      "  mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation none l2-weights-1e-02 --log-steps\"",
      "  mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation none --set network.hidden=[16]\"",
      "With a debugger: mvnDebug in place of mvn, then attach to port 8000.",
    })
final class RerunCommand implements Callable<Integer> {
  private static final String SET = "--set";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();
  @Mixin private DataOption data = new DataOption();
  @Mixin private ClassesOption classes = new ClassesOption();

  @Parameters(index = "1", paramLabel = "VARIANT", description = "The variant's name, as in plan.")
  private String variant = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VARIANT",
      description = "Another one to train too and to draw beside it; needs --log-steps.")
  private @Nullable String second;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "The run's seed. Default: the first of the file.")
  private @Nullable Long seed;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Other epochs; short for --set training.epochs=N.")
  private @Nullable Integer epochs;

  @Option(
      names = SET,
      paramLabel = "PATH=VALUE",
      description = "Replace a value: --set penalty.lambda=1e-4. May be given several times.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--log-steps",
      description =
          "Write each optimizer step, as CSV and as a page, to steps/ in the sweep's results folder.")
  private boolean logSteps;

  @Override
  public Integer call()
      throws ExperimentException,
          CommandException,
          DataException,
          PenaltyException,
          ResultsException,
          IOException {
    Experiment experiment = sweep.experiment(classes);
    Map<String, String> overrides = new LinkedHashMap<>(values);
    if (epochs != null) {
      overrides.put("training.epochs", epochs.toString());
    }
    List<RunSpec> written = new ArrayList<>();
    List<RunSpec> changed = new ArrayList<>();
    for (Variant each : variants(experiment)) {
      written.add(new RunSpec(each, seed == null ? experiment.seeds().get(0) : seed));
      changed.add(SpecJson.with(written.get(written.size() - 1), overrides, SET));
    }
    SweepFolder folder = sweep.folder(experiment);
    folder.requireReadable();
    if (OwnProcess.isNeededToTrain()) {
      return OwnProcess.run(spec);
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Rerun> reruns = new ArrayList<>();
    try (DataSets dataSets = new DataSets(data.directory())) {
      DataNames names = DataNames.today(dataSets, folder);
      for (int i = 0; i < written.size(); i++) {
        reruns.add(new Rerun(names.of(written.get(i)), names.of(changed.get(i))));
      }
      names.changes().stream().map(DataOption::said).map(said -> said + ".").forEach(out::println);
    }
    if (!logSteps) {
      return rerun(experiment, reruns.get(0), overrides, folder, null, out);
    }
    int code = ExitCode.DONE;
    try (StepLogs logs = new StepLogs(experiment, folder)) {
      try {
        for (Rerun each : reruns) {
          code = Math.max(code, rerun(experiment, each, overrides, folder, logs.of(each), out));
        }
      } finally {
        // Also of a run that broke: then its last steps are what one wants to see.
        logs.publish(out);
      }
    }
    return code;
  }

  /**
   * A run that is trained again.
   *
   * @param planned as the sweep has it
   * @param run with what was overridden
   */
  record Rerun(RunSpec planned, RunSpec run) {
    /** Whether it is none of the sweep's. */
    boolean isOther() {
      return !Identity.of(run).equals(Identity.of(planned));
    }
  }

  private List<Variant> variants(Experiment experiment) throws CommandException {
    Variant one = RunSelection.variant(experiment, variant);
    if (second == null) {
      return List.of(one);
    }
    Variant other = RunSelection.variant(experiment, second);
    if (other.name().equals(one.name())) {
      throw new CommandException(
          "rerun: found %s twice; needs one variant, or two different ones of %s"
              .formatted(one.name(), experiment.name()));
    }
    if (!logSteps) {
      throw new CommandException(
          "rerun: found two variants, %s and %s; needs --log-steps with two, which draws them side by side, or one variant. Stored runs: compare %s %s %s"
              .formatted(one.name(), other.name(), sweep.asGiven(), one.name(), other.name()));
    }
    return List.of(one, other);
  }

  private int rerun(
      Experiment experiment,
      Rerun rerun,
      Map<String, String> overrides,
      SweepFolder folder,
      @Nullable StepLog steps,
      PrintWriter out)
      throws DataException, PenaltyException, ResultsException {
    RunSpec run = rerun.run();
    out.println(experiment.name() + ", " + run.label() + ", identity " + Identity.shortOf(run));
    if (rerun.isOther()) {
      out.println("With " + text(overrides) + " this is another run than the sweep's.");
    }
    RunOutcome outcome;
    try (DataSets dataSets = new DataSets(data.directory())) {
      dataSets.drawn(run.variant().data(), run.seed());
      outcome = new Training(dataSets).run(run, new EpochPrinter(out, steps));
    }
    if (steps != null) {
      steps.course().end(outcome);
    }
    out.println(outcome.status() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
    out.println("weights SHA-256 " + outcome.weights().sha256());
    if (rerun.isOther()) {
      out.println("It is another run, so nothing was compared, and nothing stored.");
      return ExitCode.DONE;
    }
    return compare(run, outcome, folder, out);
  }

  private static int compare(RunSpec run, RunOutcome outcome, SweepFolder folder, PrintWriter out)
      throws ResultsException {
    StoredRun check = folder.read(run);
    Reproduction reproduction =
        switch (check.state()) {
          case COMPLETE ->
              Reproduction.of(
                  check.record().orElseThrow(),
                  folder.layers(run),
                  folder.differences(outcome),
                  outcome);
          case FAILED ->
              Reproduction.nothing(
                  "The stored run failed ("
                      + check.detail()
                      + "), so there is nothing to compare. The next run command tries it again.");
          case DAMAGED ->
              Reproduction.nothing(
                  "The stored run is damaged ("
                      + check.detail()
                      + "), so there is nothing to compare. The next run command does it again.");
          case UNREADABLE ->
              Reproduction.nothing(
                  "The stored run cannot be read ("
                      + check.detail()
                      + "), so there is nothing to compare.");
          case ABSENT, INCOMPLETE ->
              Reproduction.nothing(
                  "No such run is stored in "
                      + folder.path()
                      + ", so there is nothing to compare.");
        };
    reproduction.lines().forEach(out::println);
    return reproduction.result() == Result.DIFFERENT ? ExitCode.INTERNAL : ExitCode.DONE;
  }

  private static String text(Map<String, String> overrides) {
    return overrides.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
