package io.shrinklab.command;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.command.RerunCommand.Rerun;
import io.shrinklab.experiment.Identity;
import io.shrinklab.report.StepPage;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import io.shrinklab.wording.StepWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The logs of the runs of one command, and where they go: beside the runs, and part of none. */
final class StepLogs implements AutoCloseable {
  private static final int HASH_DIGITS = 8;

  private final Experiment experiment;
  private final SweepFolder folder;
  private final List<Rerun> reruns = new ArrayList<>();
  private final List<StepLog> logs = new ArrayList<>();

  StepLogs(Experiment experiment, SweepFolder folder) {
    this.experiment = experiment;
    this.folder = folder;
  }

  /** A log for a run. */
  StepLog of(Rerun rerun) throws IOException {
    StepLog log = new StepLog(rerun.run());
    reruns.add(rerun);
    logs.add(log);
    return log;
  }

  /** Writes what there is so far, and says where. */
  void publish(PrintWriter out) throws ResultsException {
    for (int i = 0; i < logs.size(); i++) {
      StepLog log = logs.get(i);
      RunSpec run = reruns.get(i).run();
      String hash = Identity.shortOf(run);
      String name = name(run.variant().name(), run.seed(), reruns.get(i).isOther() ? hash : "");
      folder.publish(name + ".csv", log::copySteps);
      folder.publish(name + "-layers.csv", log::copyLayers);
      out.println(log.course().steps() + " optimizer steps in " + path(name + ".csv"));
      out.println("Each parameter in each of them in " + path(name + "-layers.csv"));
    }
    List<StepCourse> courses = logs.stream().map(StepLog::course).toList();
    StepWords.sentences(courses).forEach(out::println);
    String page = pageName() + ".html";
    folder.publish(page, new StepPage(experiment, courses)::writeTo);
    out.println("Page: " + path(page).toAbsolutePath());
  }

  private String pageName() {
    RunSpec first = reruns.get(0).run();
    String hashes =
        reruns.stream().map(Rerun::run).map(Identity::shortOf).collect(Collectors.joining());
    if (reruns.size() > 1) {
      hashes = Sha256.of(hashes.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    }
    return name(
        reruns.stream()
            .map(each -> each.run().variant().name())
            .collect(Collectors.joining("-beside-")),
        first.seed(),
        reruns.stream().anyMatch(Rerun::isOther) ? hashes : "");
  }

  private static String name(String variants, long seed, String hash) {
    return "steps/"
        + FolderName.fit(variants)
        + "-seed-"
        + seed
        + (hash.isEmpty() ? "" : "-" + hash);
  }

  private Path path(String file) {
    return folder.path().resolve(file);
  }

  @Override
  public void close() throws IOException {
    for (StepLog log : logs) {
      log.close();
    }
  }
}
