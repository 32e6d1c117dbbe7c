package io.shrinklab.report;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes reports of synthetic sweeps, the awkward ones too, for people to look at. */
final class RenderSample {
  private RenderSample() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "target/sample-report");
    Experiment usual = SyntheticSweep.experiment();
    write(folder.resolve("gaps"), usual, SyntheticSweep.withGaps(usual));
    Experiment two = SyntheticSweep.experiment("two-seeds", "", 2);
    write(folder.resolve("two-seeds"), two, SyntheticSweep.complete(two));
    List<RunRecord> all = SyntheticSweep.complete(usual);
    write(folder.resolve("half"), usual, all.subList(0, all.size() / 2));
    Experiment hostile = PageTest.hostile();
    write(folder.resolve("hostile"), hostile, PageTest.hostileRecords(hostile));
    Experiment settings = SyntheticSweep.settings();
    write(folder.resolve("settings"), settings, SyntheticSweep.complete(settings));
    Experiment sixty = sixty();
    write(folder.resolve("sixty"), sixty, SyntheticSweep.complete(sixty));
  }

  private static Experiment sixty() {
    List<Variant> variants = new ArrayList<>();
    variants.add(SyntheticSweep.variant("none", "{'kind': 'none'}"));
    for (int i = 1; i < 60; i++) {
      variants.add(
          SyntheticSweep.variant(
              "l" + (1 + i % 3) + "-on-the-weights-of-every-layer-" + i + "e-4",
              "{'kind': 'lp', 'p': " + (1 + i % 3) + ", 'lambda': " + i + "e-4}"));
    }
    return new Experiment("sixty", "", List.of(0L, 1L, 2L, 3L, 4L), "none", variants);
  }

  private static void write(Path folder, Experiment experiment, List<RunRecord> records)
      throws IOException {
    for (ReportFile file :
        Report.files(
            experiment, records, SyntheticSweep::layers, SweepAnalysis.of(experiment, records))) {
      Path path = folder.resolve(file.path());
      Files.createDirectories(path.getParent());
      try (OutputStream out = Files.newOutputStream(path)) {
        file.content().writeTo(out);
      }
    }
  }
}
