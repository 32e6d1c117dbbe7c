package io.shrinklab.command;

import io.shrinklab.analysis.LostRun;
import io.shrinklab.analysis.RunFate;
import io.shrinklab.analysis.Side;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.export.ExportedSweep;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.Letters;
import io.shrinklab.report.Live;
import io.shrinklab.report.Report;
import io.shrinklab.report.ReportFile;
import io.shrinklab.results.FoundRun;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.wording.Answer;
import io.shrinklab.wording.Notes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From what a sweep has stored to its tables, charts and page. Starts no engine. */
public final class SweepReport {
  /** Runs that cannot be used and are named on the terminal. */
  private static final int NAMED = 10;

  private static final String INTERRUPTED =
      "Stopped while the report was written. All runs are kept; each file of the report is whole, the"
          + " older or the new one. The same command writes them all.";

  /** What has the libraries and a font that drawing needs, where packages have such names. */
  private static final String LETTERS = "fontconfig libfreetype6 libharfbuzz0b fonts-dejavu-core";

  private final Experiment experiment;
  private final Optional<Looks> looks;
  private final SweepFolder folder;
  private final List<RunRecord> records;

  private final List<LostRun> lost;
  private final SweepAnalysis analysis;

  /** Computed once and on demand: it looks at every class of the program. */
  private @Nullable String source;

  private SweepReport(
      Experiment experiment,
      Optional<Looks> looks,
      SweepFolder folder,
      List<RunRecord> records,
      List<LostRun> lost) {
    this.looks = looks;
    this.experiment = looks.map(each -> each.extend(experiment)).orElse(experiment);
    this.analysis =
        looks
            .map(each -> SweepAnalysis.of(experiment, records, lost, each))
            .orElseGet(() -> SweepAnalysis.of(experiment, records, lost));
    this.folder = folder;
    this.records = records;
    this.lost = lost;
  }

  /**
   * Reads the stored runs that match today's file.
   *
   * @param seeds what was asked for: other seeds than the file's are no looks of a sweep that was
   *     run until it was decided
   * @throws ResultsException when nobody can see which are stored
   */
  static SweepReport read(Experiment experiment, SeedsConverter.Choice seeds, SweepFolder folder)
      throws ResultsException {
    return read(experiment, seeds, folder, Map.of());
  }

  /**
   * The same, where some were read just now.
   *
   * @param known what was read of them
   */
  static SweepReport read(
      Experiment experiment,
      SeedsConverter.Choice seeds,
      SweepFolder folder,
      Map<RunSpec, RunRecord> known)
      throws ResultsException {
    return read(experiment, folder, seeds.ofTheFile(), known);
  }

  /**
   * Reads the stored runs of an experiment with all its seeds.
   *
   * @throws ResultsException when nobody can see which are stored
   */
  public static SweepReport read(Experiment experiment, SweepFolder folder)
      throws ResultsException {
    return read(experiment, folder, true, Map.of());
  }

  private static SweepReport read(
      Experiment experiment, SweepFolder folder, boolean ofTheFile, Map<RunSpec, RunRecord> known)
      throws ResultsException {
    folder.requireReadable();
    Optional<Looks> looks =
        ofTheFile
            ? folder.looks().filter(each -> each.first() == experiment.seeds().size())
            : Optional.empty();
    Side stored =
        stored(looks.map(each -> each.extend(experiment)).orElse(experiment), folder, known);
    return new SweepReport(experiment, looks, folder, stored.records(), stored.lost());
  }

  /**
   * Reads the stored runs that match today's file, for whoever compares them with something else.
   *
   * @throws ResultsException when nobody can see which are stored
   */
  static Side stored(Experiment experiment, SweepFolder folder) throws ResultsException {
    folder.requireReadable();
    return stored(experiment, folder, Map.of());
  }

  private static Side stored(
      Experiment experiment, SweepFolder folder, Map<RunSpec, RunRecord> known) {
    List<RunRecord> records = new ArrayList<>();
    List<LostRun> lost = new ArrayList<>();
    Iterator<FoundRun> others =
        folder
            .read(() -> experiment.runs().filter(run -> !known.containsKey(run)).iterator())
            .iterator();
    for (RunSpec run : (Iterable<RunSpec>) experiment.runs()::iterator) {
      RunRecord before = known.get(run);
      if (before != null) {
        records.add(before);
        continue;
      }
      StoredRun stored = others.next().stored();
      stored.record().ifPresent(records::add);
      switch (stored.state()) {
        case DAMAGED -> lost.add(new LostRun(run, RunFate.DAMAGED, stored.detail()));
        case UNREADABLE -> lost.add(new LostRun(run, RunFate.UNREADABLE, stored.detail()));
        case COMPLETE, FAILED, ABSENT, INCOMPLETE -> {}
      }
    }
    return OneContent.of(records, lost);
  }

  /** Variants that further seeds are to decide; empty where all seeds are asked at once. */
  Set<String> open() {
    return analysis.monitoring() == null ? Set.of() : Set.copyOf(analysis.monitoring().open());
  }

  /** A line for each run that is stored and cannot be used, or for some of them. */
  List<String> lost() {
    return lost(lost);
  }

  /** The same of others. */
  static List<String> lost(List<LostRun> lost) {
    List<String> lines = new ArrayList<>(lost.stream().limit(NAMED).map(Notes::of).toList());
    if (lost.size() > NAMED) {
      lines.add("... and " + (lost.size() - NAMED) + " more, each a row of runs.csv");
    }
    return lines;
  }

  /** The runs that are stored and can be used, in the experiment's order. */
  public List<RunRecord> records() {
    return records;
  }

  /** The folder that they are in. */
  public SweepFolder folder() {
    return folder;
  }

  /** What the sweep says, in sentences: runs that are lost, the answer, and what to know of it. */
  public List<String> sentences() {
    return Stream.concat(lost().stream(), answer()).toList();
  }

  private Stream<String> answer() {
    return Stream.concat(
        Answer.of(analysis).stream(), Notes.all(analysis).stream().map(note -> "Note: " + note));
  }

  /**
   * Writes everything; where this Java runtime cannot draw, all but the pictures in charts/.
   *
   * @return a line for each run whose layers are damaged, and one for the pictures, if not drawn
   * @throws ResultsException when the folder cannot be written; the older files are still there
   */
  public List<String> publish() throws ResultsException {
    return publish(Letters.OF_THIS_RUNTIME);
  }

  private List<String> publish(Letters letters) throws ResultsException {
    folder.requirePublishable();
    List<String> notDrawn = new ArrayList<>();
    Function<RunSpec, List<LayerMetrics>> layers = run -> layers(run, notDrawn);
    String trouble = letters.trouble();
    for (ReportFile file :
        trouble.isEmpty()
            ? Report.files(experiment, records, layers, analysis)
            : Report.texts(experiment, records, layers, analysis)) {
      folder.publish(file.path(), file.content()::writeTo);
    }
    if (!trouble.isEmpty()) {
      notDrawn.add(
          "No pictures in charts/ (PNG, SVG, PDF): this Java runtime cannot draw letters (%s). The page and all tables are written. On Debian or Ubuntu: apt-get install %s; then the report command draws them."
              .formatted(trouble, LETTERS));
    }
    if (notDrawn.isEmpty()) {
      folder.stamp(source());
    }
    return notDrawn;
  }

  private String source() {
    String known = source;
    if (known == null) {
      known = ReportSource.of(experiment, looks, records, lost);
      source = known;
    }
    return known;
  }

  /**
   * Writes the page alone, of a sweep that goes on; nothing where no run is stored.
   *
   * @throws ResultsException when the folder cannot be written; the older page is still there
   */
  void publish(Live live) throws ResultsException {
    if (!records.isEmpty()) {
      ReportFile page =
          Report.page(experiment, records, run -> layers(run, new ArrayList<>()), analysis, live);
      folder.publish(page.path(), page.content()::writeTo);
    }
  }

  /** Where the page is, once it is written. */
  public Path page() {
    return folder.path().resolve("report.html").toAbsolutePath().normalize();
  }

  /**
   * What is handed over to other programs.
   *
   * @param withReport whether the report is made for it; without it there is none
   */
  ExportedSweep exported(boolean withReport) throws IOException {
    List<ExportedSweep.Document> documents = new ArrayList<>();
    if (withReport) {
      for (ReportFile file :
          Report.texts(experiment, records, run -> layers(run, new ArrayList<>()), analysis)) {
        if (file.path().matches("report\\.html|summary.*|runs\\.csv")) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          file.content().writeTo(bytes);
          documents.add(new ExportedSweep.Document(file.path(), bytes.toByteArray()));
        }
      }
    }
    String description =
        Stream.concat(Stream.of(experiment.description()), sentences().stream())
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("\n\n"));
    return new ExportedSweep(experiment.name(), description, records, folder, documents);
  }

  /**
   * Makes sure that there is something to report on.
   *
   * @param asGiven the sweep, as the user wrote it
   * @param what cannot be done, for instance {@code report}
   */
  void requireRuns(String asGiven, String what) throws CommandException {
    if (!records.isEmpty()) {
      return;
    }
    if (lost.isEmpty()) {
      throw new CommandException(
          "No stored run in %s matches %s as it is today. First: run %s"
              .formatted(folder.path(), asGiven, asGiven));
    }
    List<String> lines = new ArrayList<>(lost());
    lines.add(
        "No other run stored in %s matches %s as it is today, so there is nothing to %s. Damaged runs are done again by: run %s"
            .formatted(folder.path(), asGiven, what, asGiven));
    throw new CommandException(lines);
  }

  /** Writes everything, and says the answer and where the page is. */
  void write(PrintWriter out) throws ResultsException {
    write(out, Letters.OF_THIS_RUNTIME);
  }

  /** With letters of the test's choice. */
  void write(PrintWriter out, Letters letters) throws ResultsException {
    List<String> notDrawn;
    LastWord word = LastWord.of(System.err, INTERRUPTED);
    try {
      notDrawn = publish(letters);
    } finally {
      word.takeBack();
    }
    say(notDrawn, "", out);
  }

  /** The same; where the report that is there says all this, no file is written. */
  void renew(PrintWriter out) throws ResultsException {
    if (folder.isReportOf(source())) {
      say(List.of(), " (as it was: nothing has changed since)", out);
    } else {
      write(out);
    }
  }

  private void say(List<String> notDrawn, String ofThePage, PrintWriter out) {
    out.println();
    lost().forEach(out::println);
    notDrawn.forEach(out::println);
    answer().forEach(out::println);
    DecisionTable.print(analysis, out);
    out.println();
    out.println("Report: " + page() + ofThePage);
  }

  private List<LayerMetrics> layers(RunSpec run, List<String> notDrawn) {
    try {
      return folder.layers(run);
    } catch (ResultsException e) {
      notDrawn.add(
          "damaged, and not drawn: "
              + e.getMessage()
              + "; move its folder away, and run trains it anew");
      return List.of();
    }
  }
}
