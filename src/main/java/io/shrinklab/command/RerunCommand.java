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
import io.shrinklab.sweep.DataNames;
import io.shrinklab.training.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
          + " the first epoch and column that differ. It never changes the stored run."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation l2-weights-1e-05 --seed 3\"",
      "  mvn -q compile exec:java -Dexec.args=\"rerun lp-ablation none --epochs 2 --log-steps\"",
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
      description = "Write a CSV row per optimizer step, to steps/ in the sweep's results folder.")
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
    RunSpec written =
        new RunSpec(
            RunSelection.variant(experiment, variant),
            seed == null ? experiment.seeds().get(0) : seed);
    Map<String, String> overrides = new LinkedHashMap<>(values);
    if (epochs != null) {
      overrides.put("training.epochs", epochs.toString());
    }
    RunSpec changed = SpecJson.with(written, overrides, SET);
    SweepFolder folder = sweep.folder(experiment);
    folder.requireReadable();
    if (OwnProcess.isNeededToTrain()) {
      return OwnProcess.run(spec);
    }
    PrintWriter out = spec.commandLine().getOut();
    RunSpec planned;
    RunSpec run;
    try (DataSets dataSets = new DataSets(data.directory())) {
      DataNames names = DataNames.today(dataSets, folder);
      planned = names.of(written);
      names.changes().stream().map(DataOption::said).map(said -> said + ".").forEach(out::println);
      run = names.of(changed);
    }
    boolean other = !Identity.of(run).equals(Identity.of(planned));
    out.println(experiment.name() + ", " + run.label() + ", identity " + Identity.shortOf(run));
    if (other) {
      out.println("With " + text(overrides) + " this is another run than the sweep's.");
    }
    RunOutcome outcome = train(run, other, folder, out);
    out.println(outcome.status() + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()));
    out.println("weights SHA-256 " + outcome.weights().sha256());
    if (other) {
      out.println("It is another run, so nothing was compared, and nothing stored.");
      return ExitCode.DONE;
    }
    return compare(run, outcome, folder, out);
  }

  private RunOutcome train(RunSpec run, boolean other, SweepFolder folder, PrintWriter out)
      throws DataException, PenaltyException, ResultsException, IOException {
    try (DataSets dataSets = new DataSets(data.directory())) {
      dataSets.drawn(run.variant().data(), run.seed());
      Training training = new Training(dataSets);
      if (!logSteps) {
        return training.run(run, new EpochPrinter(out, null));
      }
      String name = run.variant().name() + "-seed-" + run.seed();
      String file = "steps/" + name + (other ? "-" + Identity.shortOf(run) : "") + ".csv";
      try (StepLog steps = new StepLog()) {
        try {
          return training.run(run, new EpochPrinter(out, steps));
        } finally {
          // Also of a run that broke: then its last steps are what one wants to see.
          folder.publish(file, steps::copyTo);
          out.println(steps.rows() + " optimizer steps in " + folder.path().resolve(file));
        }
      }
    }
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
