package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.report.Report;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code report}. */
@Command(
    name = "report",
    description =
        "CSV, PNG and HTML rebuilt from the stored runs that match today's experiment file. No"
            + " training engine is loaded.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"report lp-ablation\"",
      "  mvn -q compile exec:java -Dexec.args=\"report lp-ablation --baseline weight-decay\"",
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SweepArgument sweep = new SweepArgument();

  @Mixin private SeedsOption seeds = new SeedsOption();
  @Mixin private DataOption data = new DataOption();
  @Mixin private OpenOption browser = new OpenOption();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "Compare with this variant instead of the file's baseline; of a variant in several"
              + " settings, its name without the setting. The same files are written, and the next"
              + " report without it restores them.")
  private @Nullable String baseline;

  @Override
  public Integer call()
      throws ExperimentException, CommandException, DataException, ResultsException, IOException {
    Experiment file = sweep.experiment();
    Experiment asked = seeds.choice().of(file);
    Experiment written = baseline == null ? asked : with(asked, baseline);
    if (OwnProcess.isNeededToReport(written)) {
      return OwnProcess.run(spec);
    }
    Report.prepare();
    PrintWriter out = spec.commandLine().getOut();
    Experiment experiment = data.stored(written, sweep.folder(written), out);
    SweepReport report =
        SweepReport.read(
            experiment,
            // The looks were at the file's baseline, which alone was trained with all seeds.
            experiment.baseline().equals(file.baseline())
                ? seeds.choice()
                : new SeedsConverter.Choice(experiment.seeds()),
            sweep.folder(experiment));
    report.requireRuns(sweep.asGiven(), "report, and an older report stays");
    report.write(out);
    browser.show(report.page(), out);
    if (!experiment.baseline().equals(file.baseline())) {
      out.printf(
          "It compares with %s, as asked; the one with the file's baseline, %s, comes back by: report %s%n",
          experiment.baseline(), file.baseline(), sweep.asGiven());
    }
    return ExitCode.DONE;
  }

  private static Experiment with(Experiment experiment, String baseline) throws CommandException {
    if (experiment.variants().stream().anyMatch(each -> each.entry().equals(baseline))) {
      return experiment.withBaseline(baseline);
    }
    throw experiment.variants().stream()
        .filter(each -> each.name().equals(baseline))
        .findFirst()
        .map(ReportCommand::inOneSetting)
        .orElseGet(
            () ->
                RunSelection.unknown(
                    baseline,
                    experiment,
                    () -> experiment.variants().stream().map(Variant::entry).distinct()));
  }

  private static CommandException inOneSetting(Variant variant) {
    return new CommandException(
        "%s is %s in one of several settings; --baseline names %s, for all of them"
            .formatted(variant.name(), variant.entry(), variant.entry()));
  }
}
