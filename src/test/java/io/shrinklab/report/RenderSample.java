package io.shrinklab.report;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.experiment.Experiment;
import io.shrinklab.outcome.RunRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the report of the synthetic sweep to a folder, for people to look at. */
final class RenderSample {
  private RenderSample() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/sample-report");
    Experiment experiment = SyntheticSweep.experiment();
    List<RunRecord> records = SyntheticSweep.withGaps(experiment);
    write(
        folder,
        Report.files(
            experiment, records, SyntheticSweep::layers, SweepAnalysis.of(experiment, records)));
  }

  static void write(Path folder, List<ReportFile> files) throws IOException {
    for (ReportFile file : files) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
  }
}
