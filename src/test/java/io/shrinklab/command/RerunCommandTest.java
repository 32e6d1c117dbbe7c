package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunFailure;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.results.Environment;
import io.shrinklab.results.MetricsCsv;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import io.shrinklab.testing.ARow;
import io.shrinklab.training.Training;
import io.shrinklab.training.TrainingListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code rerun} from its arguments to its exit code, against runs that were stored as a sweep
 * stores them: trained once, and changed before they were written, so that their checksums hold.
 */
class RerunCommandTest {
  private static final String TINY =
      """
      {"name": "tiny",
       "data": {"kind": "digits", "train": 40, "validation": 40},
       "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 0.1},
       "training": {"epochs": 3},
       "seeds": 1,
       "variants": [{"name": "none", "penalty": {"kind": "none"}},
                    {"name": "ridge", "penalty": {"kind": "lp", "p": 2, "lambda": 0.01}}]}
      """;

  private static RunOutcome trained;

  @TempDir private Path folder;
  private Path file;
  private Path results;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void train() throws Exception {
    RunSpec ridge =
        ExperimentFile.parse(TINY, "tiny.json")
            .runs()
            .filter(run -> run.variant().name().equals("ridge"))
            .findFirst()
            .orElseThrow();
    try (DataSets dataSets = new DataSets(null)) {
      trained = new Training(dataSets).run(ridge, TrainingListener.SILENT);
    }
  }

  @BeforeEach
  void files() throws Exception {
    file = Files.writeString(folder.resolve("tiny.json"), TINY);
    results = folder.resolve("results");
  }

  /** Gives the exit code. */
  private int rerun(String... more) {
    StringWriter toOut = new StringWriter();
    StringWriter toErr = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(toOut, true),
            new PrintWriter(toErr, true),
            Stream.concat(
                    Stream.of("rerun", file.toString(), "ridge", "--results", results.toString()),
                    Stream.of(more))
                .toArray(String[]::new));
    out = toOut.toString();
    err = toErr.toString();
    return code;
  }

  private void store(RunOutcome outcome) throws Exception {
    store(outcome, TestRuns.ENVIRONMENT);
  }

  private void store(RunOutcome outcome, Environment environment) throws Exception {
    try (SweepFolder sweep = SweepFolder.lock(results, "tiny")) {
      sweep.write(
          outcome, environment, TestRuns.STARTED, TestRuns.ENDED, TestRuns.text("trained\n"));
      assertThat(sweep.read(outcome.spec()).missing()).as("whole, checksums included").isFalse();
    }
  }

  private Path runFolder() {
    return SweepFolder.open(results, "tiny").path(trained.spec());
  }

  /** Every file under the results folder. */
  private Map<Path, String> stored() throws Exception {
    Map<Path, String> files = new TreeMap<>();
    if (Files.exists(results)) {
      try (Stream<Path> found = Files.walk(results)) {
        for (Path each : found.filter(Files::isRegularFile).toList()) {
          files.put(each, Sha256.of(Files.readAllBytes(each)));
        }
      }
    }
    return files;
  }

  /** What the command prints after the line with the weights' hash. */
  private List<String> verdict() {
    List<String> lines = out.lines().toList();
    assertThat(lines).contains("weights SHA-256 " + trained.weights().sha256());
    return lines.subList(
        lines.indexOf("weights SHA-256 " + trained.weights().sha256()) + 1, lines.size());
  }

  /** The last place of a decimal fraction, one up; what is no number becomes one. */
  private static double next(double value) {
    return Double.isNaN(value) ? 0.5 : Math.nextUp(value);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> T with(T row, String component, UnaryOperator<Object> change)
      throws ReflectiveOperationException {
    RecordComponent[] components = row.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      values[i] = components[i].getAccessor().invoke(row);
      types[i] = components[i].getType();
      if (components[i].getName().equals(component)) {
        values[i] = change.apply(values[i]);
        found = true;
      }
    }
    assertThat(found).as(component).isTrue();
    return (T) row.getClass().getDeclaredConstructor(types).newInstance(values);
  }

  private static <T> List<T> with(List<T> rows, int index, T row) {
    List<T> changed = new ArrayList<>(rows);
    changed.set(index, row);
    return changed;
  }

  private static RunOutcome changed(String component, Object value) throws Exception {
    return with(trained, component, old -> value);
  }

  private static EpochMetrics metrics(int epoch, Metric metric) {
    return metrics(trained.epochs().get(epoch - 1), metric);
  }

  private static EpochMetrics metrics(EpochMetrics row, Metric metric) {
    return ARow.like(row).with(metric, next(row.get(metric))).row();
  }

  @Test
  void theSameBitsAreReproduced() throws Exception {
    store(trained);
    Map<Path, String> before = stored();

    assertThat(rerun()).isZero();

    assertThat(verdict())
        .containsExactly(
            "Reproduced bit for bit: final weights, test score and all metrics of 3 epochs, layer by"
                + " layer too, are those stored on 2024-05-06T07:08:10.500Z.");
    assertThat(err).isEmpty();
    assertThat(stored()).isEqualTo(before);
  }

  static Stream<Metric> numbers() {
    return Metric.COLUMNS.stream().filter(metric -> !metric.isTime());
  }

  /** In every column. */
  @ParameterizedTest
  @MethodSource("numbers")
  void oneBitInOneColumnOfOneEpochIsFoundAndNamed(Metric metric) throws Exception {
    EpochMetrics now = trained.epochs().get(1);
    EpochMetrics then = metrics(2, metric);
    int column = MetricsCsv.COLUMNS.indexOf(metric.column());
    store(changed("epochs", with(trained.epochs(), 1, then)));
    Map<Path, String> before = stored();

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    String was = MetricsCsv.cells(then).get(column);
    String is = MetricsCsv.cells(now).get(column);
    // Digits are no multi-label task: there is no accuracy beside the score.
    is = is.isEmpty() ? "nothing" : is;
    assertThat(was).isNotEqualTo(is);
    assertThat(verdict())
        .startsWith(
            "NOT reproduced.",
            "The metrics differ first at epoch 2, column "
                + metric.column()
                + ": stored "
                + was
                + ", now "
                + is)
        .hasSize(3);
    assertThat(verdict().get(2))
        .startsWith("Since then: code was abc, is ")
        .contains("; JDK was jdk, is " + System.getProperty("java.vendor"));
    assertThat(err).isEmpty();
    assertThat(stored()).as("never changed").isEqualTo(before);
  }

  @Test
  void theFirstOfSeveralDifferencesIsTheOneThatIsNamed() throws Exception {
    List<EpochMetrics> epochs = with(trained.epochs(), 2, metrics(3, Metric.TRAIN_LOSS));
    epochs = with(epochs, 1, metrics(metrics(2, Metric.TOTAL_LOSS), Metric.LP_NORM));
    store(changed("epochs", epochs));

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    assertThat(verdict().get(1))
        .startsWith("The metrics differ first at epoch 2, column lp_norm: ");
    assertThat(verdict()).hasSize(3);
  }

  @Test
  void timesAreNotCompared() throws Exception {
    store(changed("epochs", with(trained.epochs(), 0, metrics(1, Metric.SECONDS))));

    assertThat(rerun()).isZero();
    assertThat(out).contains("Reproduced bit for bit");
  }

  @Test
  void oneWeightInAnotherBinOfALayersHistogramIsFoundAndNamed() throws Exception {
    LayerMetrics last = trained.layers().get(2);
    List<Integer> bins = new ArrayList<>(last.histogram());
    bins.set(20, bins.get(20) + 1);
    store(changed("layers", with(trained.layers(), 2, with(last, "histogram", old -> bins))));

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    assertThat(verdict())
        .startsWith(
            "NOT reproduced.",
            "The layers differ first at epoch 3, layer "
                + last.layer()
                + ", column bin_20: stored "
                + bins.get(20)
                + ", now "
                + last.histogram().get(20))
        .hasSize(3);
  }

  @Test
  void anotherTestScoreIsFoundAndNamed() throws Exception {
    BestEpoch best = trained.best();
    assertThat(best).isNotNull();
    BestEpoch then = with(best, "testScore", old -> next((double) old));
    store(changed("best", then));

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    assertThat(verdict().get(1))
        .isEqualTo(
            "The test score at the best epoch differs: stored "
                + then.testScore()
                + ", now "
                + best.testScore());
  }

  @Test
  void otherWeightsAreFound() throws Exception {
    String other = "0".repeat(64);
    store(changed("weights", new WeightsFile(trained.weights().npz(), other)));

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    assertThat(verdict().get(1))
        .isEqualTo("The weights differ: stored " + other + ", now " + trained.weights().sha256());
  }

  @Test
  void otherDataLengthAndStatusAreNamedTogether() throws Exception {
    RunOutcome then = changed("epochs", trained.epochs().subList(0, 2));
    then = with(then, "layers", old -> trained.layers().subList(0, 2));
    then = with(then, "dataSha256", old -> "d".repeat(64));
    store(with(then, "status", old -> RunStatus.DIVERGED));

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    assertThat(verdict())
        .startsWith(
            "NOT reproduced.",
            "The data differ: stored " + "d".repeat(64) + ", now " + trained.dataSha256(),
            "The status differs: stored DIVERGED, now COMPLETED",
            "The number of rows of metrics differs: stored 2, now 3",
            "The number of rows of layers differs: stored 2, now 3")
        .hasSize(6);
  }

  @Test
  void whatDidNotChangeSinceThenIsNotBlamed() throws Exception {
    Environment now = Environment.detect(1);
    Environment before = with(now, "libtorch", old -> "1.0");
    store(changed("epochs", with(trained.epochs(), 1, metrics(2, Metric.LP_NORM))), before);

    assertThat(rerun()).isEqualTo(ExitCode.INTERNAL);

    assertThat(verdict().get(2))
        .isEqualTo("Since then: libtorch was 1.0, is " + now.libtorch() + ".");
  }

  @Test
  void aDamagedRunIsNotComparedAndLeftAlone() throws Exception {
    store(trained);
    Path metrics = runFolder().resolve("metrics.csv");
    byte[] bytes = Files.readAllBytes(metrics);
    bytes[bytes.length - 2] ^= 1;
    Files.write(metrics, bytes);
    Map<Path, String> before = stored();

    assertThat(rerun()).isZero();

    assertThat(verdict())
        .containsExactly(
            "The stored run is damaged ("
                + runFolder()
                + ": metrics.csv does not match its checksum), so there is nothing to compare. The"
                + " next run command does it again.");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void aFailedRunHasNothingToCompareWith() throws Exception {
    try (SweepFolder sweep = SweepFolder.lock(results, "tiny")) {
      sweep.write(
          new RunFailure(trained.spec(), "no memory", trained.epochs().subList(0, 1)),
          TestRuns.ENVIRONMENT,
          TestRuns.STARTED,
          TestRuns.ENDED,
          TestRuns.text("log\n"));
    }
    Map<Path, String> before = stored();

    assertThat(rerun()).isZero();

    assertThat(verdict())
        .containsExactly(
            "The stored run failed (no memory), so there is nothing to compare. The next run"
                + " command tries it again.");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void aRunThatIsNotStoredIsSaidToBeSoAndIsNotStored() throws Exception {
    assertThat(rerun()).isZero();

    assertThat(verdict())
        .containsExactly(
            "No such run is stored in "
                + results.resolve("tiny")
                + ", so there is nothing to compare.");
    assertThat(results).doesNotExist();
  }

  @Test
  void anOverrideThatChangesNothingIsStillCompared() throws Exception {
    store(changed("epochs", with(trained.epochs(), 1, metrics(2, Metric.LP_NORM))));

    assertThat(rerun("--epochs", "3")).isEqualTo(ExitCode.INTERNAL);
    assertThat(rerun("--epochs", "2")).isZero();
    assertThat(out)
        .contains("With training.epochs=2 this is another run than the sweep's.")
        .endsWith("It is another run, so nothing was compared, and nothing stored.\n");
  }

  @Test
  void stepsAreWrittenBesideTheRunsWhichStayAsTheyAre() throws Exception {
    store(trained);
    Map<Path, String> before = stored();

    assertThat(rerun("--log-steps")).isZero();

    assertThat(out).contains("Reproduced bit for bit");
    Path steps = results.resolve("tiny").resolve("steps");
    // 40 rows in batches of 32 are 2 steps an epoch; a weight and a bias.
    assertThat(Files.readAllLines(steps.resolve("ridge-seed-0.csv"))).hasSize(1 + 6);
    List<String> layers = Files.readAllLines(steps.resolve("ridge-seed-0-layers.csv"));
    assertThat(layers).hasSize(1 + 6 * 2);
    assertThat(layers.get(1)).startsWith("1,1,output.weight,640,");
    assertThat(layers.get(2)).startsWith("1,1,output.bias,10,0.0,").endsWith(",10,");
    assertThat(out)
        .contains("6 optimizer steps in " + steps.resolve("ridge-seed-0.csv"))
        .contains("Over the last step of 6 the penalty pulls the weights inward with ")
        .endsWith("Page: " + steps.resolve("ridge-seed-0.html").toAbsolutePath() + "\n");
    assertThat(Files.readString(steps.resolve("ridge-seed-0.html"))).contains("<h1>ridge</h1>");
    Map<Path, String> after = stored();
    after.keySet().removeIf(file -> file.startsWith(steps));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void twoAreDrawnOnOnePageAndBothAreCompared() throws Exception {
    store(changed("epochs", with(trained.epochs(), 1, metrics(2, Metric.LP_NORM))));

    assertThat(rerun("none", "--log-steps")).as("ridge differs").isEqualTo(ExitCode.INTERNAL);

    assertThat(out)
        .contains("NOT reproduced.", "No such run is stored in ")
        .contains("They part at step 1: ");
    try (Stream<Path> files = Files.list(results.resolve("tiny").resolve("steps"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "ridge-seed-0.csv",
              "ridge-seed-0-layers.csv",
              "none-seed-0.csv",
              "none-seed-0-layers.csv",
              "ridge-beside-none-seed-0.html");
    }
  }

  @Test
  void anotherRunsStepsDoNotTakeThePlaceOfTheSweeps() throws Exception {
    assertThat(rerun("none", "--log-steps", "--epochs", "1")).isZero();

    try (Stream<Path> files = Files.list(results.resolve("tiny").resolve("steps"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .hasSize(5)
          .allMatch(name -> name.matches(".*-seed-0-[0-9a-f]{8}(-layers)?\\.(csv|html)"));
    }
  }

  @Test
  void whatCannotBeDrawnIsRefusedBeforeAnythingIsTrained() throws Exception {
    Map<List<String>, String> refused =
        Map.of(
            List.of("ridge", "--log-steps"),
            "rerun: found ridge twice; needs one variant, or two different ones of tiny",
            List.of("none"),
            "rerun: found two variants, ridge and none; needs --log-steps with two",
            List.of("nonne", "--log-steps"),
            "tiny has no variant \"nonne\"; did you mean \"none\"?",
            List.of("none", "third", "--log-steps"),
            "Unmatched argument at index 6: 'third'");
    for (Map.Entry<List<String>, String> each : refused.entrySet()) {
      assertThat(rerun(each.getKey().toArray(String[]::new))).isEqualTo(2);
      assertThat(err).startsWith(each.getValue()).doesNotContain("\tat ");
      assertThat(out).isEmpty();
    }
    assertThat(results).doesNotExist();
  }
}
