package io.shrinklab.api;

import io.shrinklab.command.SweepReport;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;

/** What is stored of a sweep. */
@API(status = API.Status.STABLE)
public final class Results {
  private final SweepReport report;
  private final List<Run> runs;

  Results(SweepReport report) {
    this.report = report;
    this.runs =
        report.records().stream()
            .map(record -> new Run(record, report.folder().path(record.spec())))
            .toList();
  }

  /**
   * Every run that is stored, failed ones too, in the experiment's order: variants, and seeds
   * within. Damaged ones are left out, and {@link #answer} says so.
   */
  public List<Run> runs() {
    return runs;
  }

  /** Those of one variant; none where no such name is stored. */
  public List<Run> runs(String variant) {
    return runs.stream().filter(run -> run.variant().equals(variant)).toList();
  }

  /** What the sweep says, sentence by sentence, as the command line does. */
  public List<String> answer() {
    return report.sentences();
  }

  /** The sweep's folder. */
  public Path folder() {
    return report.folder().path();
  }

  /** As the rooms behind this door know it. */
  SweepReport report() {
    return report;
  }
}
