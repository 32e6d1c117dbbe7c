package io.shrinklab.command;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.Report;
import io.shrinklab.report.ReportFile;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** From what a sweep has stored to its tables, charts and page. Starts no engine. */
final class SweepReport {
  private final Experiment experiment;
  private final SweepFolder folder;
  private final List<RunRecord> records;

  private SweepReport(Experiment experiment, SweepFolder folder, List<RunRecord> records) {
    this.experiment = experiment;
    this.folder = folder;
    this.records = records;
  }

  /** Reads the stored runs that match today's file. */
  static SweepReport read(Experiment experiment, SweepFolder folder) {
    List<RunRecord> records =
        experiment.runs().map(folder::read).flatMap(Optional::stream).toList();
    return new SweepReport(experiment, folder, records);
  }

  /** Whether there is nothing to report on. */
  boolean isEmpty() {
    return records.isEmpty();
  }

  /** Writes everything, and says the answer and where the page is. */
  void write(PrintWriter out) throws ResultsException {
    SweepAnalysis analysis = SweepAnalysis.of(experiment, records);
    for (ReportFile file : Report.files(experiment, records, folder::layers, analysis)) {
      folder.publish(file.path(), file.content()::writeTo);
    }
    out.println();
    analysis.answer().forEach(out::println);
    analysis.warnings().forEach(warning -> out.println("Note: " + warning));
    Report.notes(records).forEach(note -> out.println("Note: " + note));
    out.println();
    out.println("Report: " + folder.path().resolve("report.html").toAbsolutePath().normalize());
  }
}
