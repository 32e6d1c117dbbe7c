package io.shrinklab.report;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.util.List;

/** The numbers of the report, for programs, papers and notes. */
final class Tables {
  private Tables() {}

  /** Three CSV files, and the summary as Markdown and LaTeX, for notes and for a paper. */
  static List<ReportFile> files(
      Experiment experiment, List<RunRecord> records, SweepAnalysis analysis) {
    return List.of(
        new ReportFile("summary.csv", out -> SummaryCsv.write(analysis, records, out)),
        new ReportFile("runs.csv", out -> RunsCsv.write(analysis, records, out)),
        new ReportFile("metrics.csv", out -> SweepMetricsCsv.write(experiment, records, out)),
        new ReportFile("summary.md", out -> SummaryMarkdown.write(analysis, out)),
        new ReportFile("summary.tex", out -> SummaryLatex.write(analysis, out)),
        new ReportFile("summary-paper.tex", out -> PaperTable.write(analysis, out)));
  }
}
