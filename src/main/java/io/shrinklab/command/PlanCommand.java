package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.network.NetworkException;
import io.shrinklab.network.Networks;
import io.shrinklab.penalty.LayerRules;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.results.FoundRun;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.DecayRule;
import io.shrinklab.spec.Equivalence;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.sweep.Worker;
import io.shrinklab.training.Cohorts;
import io.shrinklab.wording.Formats;
import io.shrinklab.wording.Notes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plan}. */
@Command(
    name = "plan",
    description = {
      "Dry run: every variant and its seeds, what is already done, what would run. Checks the whole"
          + " file, every run that it makes and their data, as run does; trains, downloads and writes"
          + " nothing."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"plan lp-ablation\"",
      "  mvn -q compile exec:java -Dexec.args=\"plan my/grid.json --seeds 0..4\"",
    })
final class PlanCommand implements Callable<Integer> {
  private static final int SHOWN = 100;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();
  @Mixin private RunSelection selection = new RunSelection();
  @Mixin private DataOption data = new DataOption();
  @Mixin private ClassesOption classes = new ClassesOption();

  @Option(names = "--all", description = "Show every variant, not only the first 100.")
  private boolean all;

  @Option(
      names = "--json",
      description =
          "Print nothing but the runs to do, a line each, as worker processes take them:"
              + " docs/worker.md.")
  private boolean json;

  @Option(
      names = "--together",
      description =
          "With --json: a line for each list of runs that are trained side by side, in a fraction of"
              + " the time.")
  private boolean together;

  @Override
  public Integer call()
      throws ExperimentException,
          CommandException,
          DataException,
          NetworkException,
          PenaltyException,
          ResultsException {
    if (together && !json) {
      throw new ParameterException(
          spec.commandLine(), "--together: says how --json prints; give that too");
    }
    Experiment written = selection.withVariants(selection.withSeeds(sweep.experiment(classes)));
    Networks.check(written.variants());
    LayerRules.check(written.variants());
    SweepFolder folder = sweep.folder(written);
    PrintWriter out = spec.commandLine().getOut();
    folder.requireReadable();
    Experiment experiment = data.today(written, folder, json ? spec.commandLine().getErr() : out);
    List<String> rows = PlannedData.check(experiment, folder, data.directory());
    if (json) {
      List<RunSpec> missing = new ArrayList<>();
      for (FoundRun found : folder.read(() -> experiment.runs().iterator())) {
        RunSpec run = found.spec();
        StoredRun stored = found.stored();
        if (stored.state() == RunState.UNREADABLE) {
          throw new CommandException(
              run.label() + " is stored and cannot be read: " + stored.detail());
        }
        if (!stored.missing()) {
          continue;
        }
        if (together) {
          missing.add(run);
        } else {
          out.println(Worker.request(run));
        }
      }
      for (List<RunSpec> alike : Cohorts.alike(missing)) {
        Cohorts.evenly(alike, Cohorts.MOST).forEach(runs -> out.println(Worker.request(runs)));
      }
      return ExitCode.DONE;
    }
    int variants = experiment.variants().size();
    int seeds = experiment.seeds().size();
    out.println(
        experiment.name()
            + ": "
            + Formats.count(variants, "variant")
            + " x "
            + Formats.count(seeds, "seed")
            + " = "
            + Formats.count(experiment.size(), "run")
            + ", compared with "
            + experiment.baseline());
    out.println("Results: " + folder.path());
    rows.forEach(out::println);
    out.println();
    Map<RunState, Long> totals = print(experiment, folder, out);
    out.println();
    Equivalence.groups(experiment.variants()).forEach(group -> out.println(Notes.alike(group)));
    DecayRule.misfits(experiment.variants()).forEach(misfit -> out.println(Notes.misfit(misfit)));
    out.println(summary(totals));
    return ExitCode.DONE;
  }

  private Map<RunState, Long> print(Experiment experiment, SweepFolder folder, PrintWriter out)
      throws ResultsException {
    Set<String> stored = folder.variants();
    List<Variant> variants = experiment.variants();
    // Where nothing is stored, only what is shown need be made.
    int shown = all ? variants.size() : Math.min(SHOWN, variants.size());
    int looked = stored.isEmpty() ? shown : variants.size();
    Map<RunState, Long> totals = new EnumMap<>(RunState.class);
    totals.put(RunState.ABSENT, (long) (variants.size() - looked) * experiment.seeds().size());
    TextTable table =
        new TextTable(
            "VARIANT", "PENALTY", ">STRENGTH", ">EPOCHS", ">DONE", ">TO RUN", "SEEDS TO RUN");
    int row = 0;
    Iterator<FoundRun> found =
        folder
            .read(
                () ->
                    variants.subList(0, looked).stream()
                        .filter(variant -> stored.contains(variant.name()))
                        .flatMap(
                            variant ->
                                experiment.seeds().stream().map(seed -> new RunSpec(variant, seed)))
                        .iterator())
            .iterator();
    for (Variant variant : variants.subList(0, looked)) {
      Map<RunState, Long> counts = new EnumMap<>(RunState.class);
      List<Long> missing = experiment.seeds();
      if (stored.contains(variant.name())) {
        missing = look(experiment.seeds(), found, counts, out);
      } else {
        counts.put(RunState.ABSENT, (long) missing.size());
      }
      counts.forEach((state, count) -> totals.merge(state, count, Long::sum));
      if (row++ < shown) {
        table.row(
            variant.name(),
            variant.penalty().family(),
            Numbers.scientific(variant.penalty().strength()),
            Integer.toString(variant.training().epochs()),
            Long.toString(counts.getOrDefault(RunState.COMPLETE, 0L)),
            Integer.toString(missing.size()),
            SeedRanges.text(missing));
      }
    }
    table.print(out);
    if (shown < variants.size()) {
      out.println(
          "... and "
              + Formats.count(variants.size() - shown, "variant")
              + " more; --all shows them");
    }
    return totals;
  }

  /**
   * Counts the states of a variant's runs, and gives the seeds that are still to run.
   *
   * @param found its runs are the next ones
   */
  private static List<Long> look(
      List<Long> seeds, Iterator<FoundRun> found, Map<RunState, Long> counts, PrintWriter out) {
    List<Long> missing = new ArrayList<>();
    for (long seed : seeds) {
      StoredRun check = found.next().stored();
      counts.merge(check.state(), 1L, Long::sum);
      if (check.missing()) {
        missing.add(seed);
      }
      if (check.state() == RunState.DAMAGED) {
        out.println("damaged, to be done again: " + check.detail());
      }
      if (check.state() == RunState.UNREADABLE) {
        out.println("unreadable, and a run of the sweep stops at it: " + check.detail());
      }
    }
    return missing;
  }

  private static String summary(Map<RunState, Long> totals) {
    long done = totals.getOrDefault(RunState.COMPLETE, 0L);
    long runs = totals.values().stream().mapToLong(Long::longValue).sum();
    StringBuilder text = new StringBuilder();
    text.append(Formats.count(done, "run")).append(" done, ").append(runs - done).append(" to run");
    note(text, totals, RunState.FAILED, "failed before and will be tried again");
    note(text, totals, RunState.INCOMPLETE, "interrupted and will be started over");
    note(text, totals, RunState.DAMAGED, "damaged and will be done again");
    note(text, totals, RunState.UNREADABLE, "unreadable, to be made readable or moved away first");
    return text.append('.').toString();
  }

  private static void note(
      StringBuilder text, Map<RunState, Long> totals, RunState state, String what) {
    long count = totals.getOrDefault(state, 0L);
    if (count > 0) {
      text.append("; ").append(count).append(' ').append(what);
    }
  }
}
