package io.shrinklab.report;

import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.List;

/** The numbers of the report, for programs, papers and notes. */
final class Tables {
  private Tables() {}

  /** The CSV files, and the summary as Markdown and LaTeX, for notes and for a paper. */
  static List<ReportFile> files(
      Experiment experiment, List<RunRecord> records, SweepAnalysis analysis, MainEffects effects) {
    List<ReportFile> files = new ArrayList<>();
    if (!effects.effects().isEmpty()) {
      files.add(new ReportFile("effects.csv", out -> EffectsCsv.write(effects, out)));
    }
    files.addAll(
        List.of(
            new ReportFile("summary.csv", out -> SummaryCsv.write(analysis, records, out)),
            new ReportFile("runs.csv", out -> RunsCsv.write(analysis, records, out)),
            new ReportFile("metrics.csv", out -> SweepMetricsCsv.write(experiment, records, out)),
            new ReportFile("summary.md", out -> SummaryMarkdown.write(analysis, effects, out)),
            new ReportFile("summary.tex", out -> SummaryLatex.write(analysis, out)),
            new ReportFile("summary-paper.tex", out -> PaperTable.write(analysis, out))));
    return files;
  }
}
