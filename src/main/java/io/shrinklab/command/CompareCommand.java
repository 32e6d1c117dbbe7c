package io.shrinklab.command;

import io.shrinklab.analysis.Match;
import io.shrinklab.analysis.Matching;
import io.shrinklab.analysis.Side;
import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.MatchingCsv;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import io.shrinklab.wording.Formats;
import io.shrinklab.wording.Matches;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** {@code compare}. */
@Command(
    name = "compare",
    description = {
      "Two variants of a sweep, or two sweeps variant by variant: what differs in their"
          + " specification, differences paired by seed and judged by the report's rule, and the"
          + " epoch at which runs part. From stored runs; trains and writes nothing.",
      "",
      "A sweep's variants are compared with those of the same name in the other one. Both may be"
          + " versions of one experiment file. All comparisons share one error.",
    },
    customSynopsis = {
      "shrinklab compare SWEEP VARIANT VARIANT [OPTIONS]",
      "       shrinklab compare SWEEP SWEEP [OPTIONS]",
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"compare lp-ablation none weight-decay\"",
      "  mvn -q compile exec:java -Dexec.args=\"compare lp-ablation lp-ablation-noisy\"",
      "  mvn -q compile exec:java -Dexec.args=\"compare old/lp.json lp-ablation --csv seeds\"",
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();

  @Parameters(
      index = "1",
      paramLabel = "SWEEP|VARIANT",
      description =
          "Another sweep, a name or a path; or, with a third argument, the variant that the third is"
              + " compared with.")
  private String second = "";

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "VARIANT",
      description = "The other variant of the same sweep.")
  private @Nullable String third;

  @Mixin private SeedsOption seeds = new SeedsOption();
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--csv",
      paramLabel = "TABLE",
      description =
          "Print a table as CSV instead, for programs: summary, seeds or specification."
              + " Their columns: docs/columns.md")
  private @Nullable MatchingCsv csv;

  @Override
  public Integer call()
      throws ExperimentException, CommandException, DataException, ResultsException, IOException {
    Experiment experiment = named(seeds.choice().of(sweep.experiment()));
    if (third == null) {
      sweeps(experiment);
    } else {
      variants(experiment, third);
    }
    return ExitCode.DONE;
  }

  private void variants(Experiment experiment, String other)
      throws CommandException, ResultsException, IOException {
    Variant left = RunSelection.variant(experiment, second);
    Variant right = RunSelection.variant(experiment, other);
    if (left.name().equals(right.name())) {
      throw new CommandException(
          "compare: found " + left.name() + " twice; needs two variants of " + experiment.name());
    }
    Matching.Pair pair = new Matching.Pair(right.name() + " against " + left.name(), left, right);
    Side stored = read(experiment.withVariants(List.of(left, right)), sweep.asGiven());
    requireOneScore(List.of(pair), stored, stored);
    Matching matching = Matching.ofTwo(pair, stored, experiment.seeds(), experiment.judging());
    requireSomething(matching, sweep.asGiven());
    if (csv == null) {
      new ComparisonText(matching, spec.commandLine().getOut()).ofTwo();
    } else {
      print(matching, csv);
    }
  }

  private void sweeps(Experiment left)
      throws ExperimentException, CommandException, DataException, ResultsException, IOException {
    Experiment right = named(seeds.choice().of(other(left)));
    boolean named = !left.name().equals(right.name());
    String leftName = named ? left.name() : sweep.asGiven();
    String rightName = named ? right.name() : second;
    if (leftName.equals(rightName)) {
      throw new CommandException(
          "compare: found " + leftName + " twice; needs two sweeps, or a sweep and two variants");
    }
    SweepPairs variants = SweepPairs.of(left, right);
    List<Matching.Pair> pairs = variants.pairs();
    if (pairs.isEmpty()) {
      throw new CommandException(
          "%s and %s have no variant of the same name, so there is nothing to compare. Variants: plan %s, plan %s"
              .formatted(leftName, rightName, sweep.asGiven(), second));
    }
    List<Long> common = left.seeds().stream().filter(right.seeds()::contains).toList();
    if (common.isEmpty()) {
      throw new CommandException(
          "%s has the seeds %s and %s has %s, so no two runs are a pair; --seeds names others"
              .formatted(
                  leftName,
                  SeedRanges.text(left.seeds()),
                  rightName,
                  SeedRanges.text(right.seeds())));
    }
    Matching.Sides sides =
        new Matching.Sides(
            leftName,
            read(
                of(left, pairs.stream().map(Matching.Pair::left).toList(), common),
                sweep.asGiven()),
            rightName,
            read(of(right, pairs.stream().map(Matching.Pair::right).toList(), common), second));
    requireOneScore(pairs, sides.left(), sides.right());
    Matching matching = Matching.ofSweeps(pairs, sides, common, left.judging());
    requireSomething(matching, sweep.asGiven() + ", run " + second);
    if (csv != null) {
      print(matching, csv);
      return;
    }
    ComparisonText text = new ComparisonText(matching, spec.commandLine().getOut());
    text.ofSweeps(sides, variants);
    if (!left.judging().equals(right.judging())) {
      text.line("Judged by the margin and the claim of " + leftName + "; the other has its own.");
    }
  }

  /** What is said of data goes beside the rows that a program reads. */
  private Experiment named(Experiment experiment) throws DataException, ResultsException {
    return data.stored(experiment, sweep.folder(experiment), spec.commandLine().getErr());
  }

  private static Experiment of(Experiment experiment, List<Variant> variants, List<Long> some) {
    return experiment.withVariants(variants).withSeeds(some);
  }

  /** The other sweep; of a variant's name what was meant is told. */
  private Experiment other(Experiment experiment) throws ExperimentException, CommandException {
    try {
      return sweep.experiment(second);
    } catch (ExperimentException e) {
      if (experiment.variants().stream().anyMatch(each -> each.name().equals(second))) {
        throw new CommandException(
            "compare: %s is a variant of %s; needs the other one too: compare %s %s OTHER"
                .formatted(second, experiment.name(), sweep.asGiven(), second));
      }
      throw e;
    }
  }

  private Side read(Experiment experiment, String asGiven) throws ResultsException {
    Side stored = SweepReport.stored(experiment, sweep.folder(experiment));
    // Not among the rows that a program reads.
    SweepReport.lost(stored.lost())
        .forEach(line -> spec.commandLine().getErr().println(asGiven + ": " + line));
    return stored;
  }

  private static void requireOneScore(List<Matching.Pair> pairs, Side left, Side right)
      throws CommandException {
    Map<String, String> ofLeft = scores(left);
    Map<String, String> ofRight = scores(right);
    for (Matching.Pair pair : pairs) {
      String one = ofLeft.get(pair.left().name());
      String other = ofRight.get(pair.right().name());
      if (one != null && other != null && !one.equals(other)) {
        throw new CommandException(
            "%s: one is measured by %s, the other by %s, so there is nothing to compare"
                .formatted(pair.name(), one, other));
      }
    }
  }

  private static Map<String, String> scores(Side side) {
    return side.records().stream()
        .filter(run -> !run.scoreName().isEmpty())
        .collect(
            Collectors.toMap(
                run -> run.spec().variant().name(), RunRecord::scoreName, (one, same) -> one));
  }

  private void requireSomething(Matching matching, String run) throws CommandException {
    if (matching.matches().stream().noneMatch(Match::compared)) {
      throw new CommandException(
          "No two stored runs that match today's files are completed and have the same seed, in %s of variants under %s, so there is nothing to compare. First: run %s"
              .formatted(Formats.count(matching.matches().size(), "pair"), sweep.results(), run));
    }
  }

  private void print(Matching matching, MatchingCsv table) throws IOException {
    Matches.cautions(matching).forEach(spec.commandLine().getErr()::println);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.write(matching, bytes);
    spec.commandLine().getOut().print(bytes.toString(StandardCharsets.UTF_8));
    spec.commandLine().getOut().flush();
  }
}
