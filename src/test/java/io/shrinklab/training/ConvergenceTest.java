package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.data.Task;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fits that say that they have converged, against scikit-learn 1.9.1's on the same rows: the
 * diabetes data (Efron et al. 2004), columns and target of mean 0 and variance 1; for two classes
 * the target is whether it was above 140.
 */
@ExtendWith(EngineExtension.class)
class ConvergenceTest {
  private static final OptimizerSpec SGD = Specs.sgd(0.3, 0.9);
  private static final int FEATURES = 10;
  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
  }

  static Stream<Arguments> fits() {
    return Stream.of(
        // Lasso(alpha=0.02)
        Arguments.of(
            Task.REGRESSION,
            Specs.lp(1, 0.02, PROXIMAL),
            "0, -0.108739, 0.320999, 0.176569, -0.047955, 0, -0.133955, 0, 0.308202, 0.027156"),
        // ElasticNet(alpha=0.12, l1_ratio=0.02 / 0.12): l2 is half of 0.1.
        Arguments.of(
            Task.REGRESSION,
            Specs.elasticNet(0.02, 0.05, PROXIMAL),
            "0, -0.094580, 0.297360, 0.168365, -0.008050, -0.023061, -0.135866, 0.012596, 0.265398,"
                + " 0.040378"),
        // Ridge(alpha=2 * 442 * 0.05)
        Arguments.of(
            Task.REGRESSION,
            Specs.lp(2, 0.05, GRADIENT),
            "0.000808, -0.127979, 0.302476, 0.186395, -0.051556, -0.043749, -0.116544, 0.071473,"
                + " 0.274136, 0.053584"),
        // LinearRegression()
        Arguments.of(
            Task.REGRESSION,
            Specs.NONE,
            "-0.006183, -0.148130, 0.321100, 0.200367, -0.489314, 0.294474, 0.062413, 0.109369,"
                + " 0.464049, 0.041772"),
        // LogisticRegression(penalty="l1", C=1 / (442 * 0.02)): of two outputs the one's weight is
        // the other's negative or 0, and what they sum to is what their difference costs.
        Arguments.of(
            Task.SINGLE_LABEL,
            Specs.lp(1, 0.02, PROXIMAL),
            "0, -0.278680, 0.557590, 0.385454, -0.033916, 0, -0.382230, 0, 0.655192, 0"),
        // LogisticRegression(C=1 / (442 * 0.01)): each output has half of the difference, so both
        // squares come to half of its square, as there.
        Arguments.of(
            Task.SINGLE_LABEL,
            Specs.lp(2, 0.01, PROXIMAL),
            "0.052570, -0.479980, 0.623563, 0.503224, -0.197759, -0.093929, -0.446941, 0.105541,"
                + " 0.784369, 0.037447"));
  }

  @ParameterizedTest
  @MethodSource("fits")
  void whatHasConvergedIsTheOptimum(Task task, PenaltySpec penalty, String coefficients)
      throws Exception {
    RunOutcome run = fit(task, linear(penalty).epochs(3000).untilConverged(1e-6).build());
    assertThat(run.reason()).matches("converged after epoch \\d+ of 3000: violates .*");
    assertThat(run.optimalityViolation()).isBetween(0.0, 1e-6);
    double[] expected =
        Arrays.stream(coefficients.split(",")).mapToDouble(Double::parseDouble).toArray();
    for (int i = 0; i < FEATURES; i++) {
      double found = run.coefficients().get(i).value();
      assertThat(found).as("coefficient %s", i).isCloseTo(expected[i], within(1e-4));
      assertThat(found == 0).as("coefficient %s is 0", i).isEqualTo(expected[i] == 0);
    }
  }

  /** A subgradient's step leaves every weight off 0, and says so however long it trains. */
  @Test
  void whatHoversAroundTheOptimumHasNotConverged() throws Exception {
    RunOutcome run =
        fit(
            Task.REGRESSION,
            linear(Specs.lp(1, 0.02, GRADIENT)).epochs(400).untilConverged(1e-6).build());
    assertThat(run.reason()).isEmpty();
    assertThat(run.epochs()).hasSize(400);
    assertThat(run.optimalityViolation()).isGreaterThan(1e-3);
  }

  /**
   * One feature of (-1, 0, 1) that is the target: the gradient of (w - 1)^2 / 3 is 2 (w - 1) / 3,
   * and 2 / 3 in size at 0, so the share is the distance of w from 1.
   */
  @Test
  void theViolationIsAShareOfTheGradientAtZero() throws Exception {
    float[][] x = {{-1}, {0}, {1}};
    float[] w =
        LinearFit.coefficients(
            manager, x, new float[] {-1, 0, 1}, Specs.NONE, Specs.sgd(0.5, 0), 5);
    RunSpec spec =
        Specs.spec()
            .network(new NetworkSpec.Linear(false))
            .optimizer(Specs.sgd(0.5, 0))
            .epochs(5)
            .batchSize(3)
            .seed(0)
            .build();
    Part rows =
        new Part(manager.create(x), manager.create(new float[] {-1, 0, 1}, new Shape(3, 1)));
    RunOutcome run = train(spec, Task.REGRESSION, 1, rows);
    assertThat(run.optimalityViolation()).isCloseTo(Math.abs(1 - w[0]), within(1e-6));
  }

  @Test
  void othersHaveNone() throws Exception {
    assertThat(
            fit(Task.REGRESSION, linear(Specs.NONE).epochs(2).batchSize(100).build())
                .optimalityViolation())
        .isNaN();
    assertThat(
            fit(Task.REGRESSION, linear(Specs.lp(0.5, 0.1, PROXIMAL)).epochs(2).build())
                .optimalityViolation())
        .isNaN();
    assertThatThrownBy(
            () ->
                fit(
                    Task.REGRESSION,
                    linear(Specs.NONE).epochs(2).batchSize(100).untilConverged(1e-6).build()))
        .isInstanceOf(PenaltyException.class)
        .hasMessage(
            "training.until: found converged; needs full batches, since others never settle: a"
                + " batchSize of at least the 442 training rows, where it is 100");
  }

  /** Validation is highest before the last epoch, and the test part is read where it is asked. */
  @Test
  void theTestPartIsReadAtTheEpochThatIsSelected() throws Exception {
    RunSpec best = Specs.spec().epochs(12).optimizer(Specs.sgd(0.5, 0.9)).build();
    RunSpec last = Specs.spec().epochs(12).optimizer(Specs.sgd(0.5, 0.9)).lastEpoch().build();
    Map<RunSpec, RunOutcome> runs = together(List.of(best, last));
    RunOutcome chosen = runs.get(best);
    RunOutcome ended = runs.get(last);
    assertThat(chosen.best().epoch()).isLessThan(12);
    assertThat(ended.best().epoch()).isEqualTo(12);
    assertThat(ended.best().validationScore()).isEqualTo(chosen.epochs().get(11).validationScore());
    assertThat(ended.best().testScore()).isNotEqualTo(chosen.best().testScore());
    // The same training: nothing but what is read differs.
    assertThat(ended.weights().npz()).isEqualTo(chosen.weights().npz());
  }

  @Test
  void whoConvergesLeavesTheCohortAndHarmsNoOther() throws Exception {
    List<RunSpec> runs = new ArrayList<>();
    for (double lambda : new double[] {1, 0.1, 0.01}) {
      PenaltySpec ridge = Specs.lp(2, lambda, PROXIMAL);
      runs.add(
          linear(ridge).epochs(60).batchSize(200).seed(3).untilConverged(0.01).lastEpoch().build());
    }
    runs.add(linear(Specs.lp(1, 0.01, PROXIMAL)).epochs(60).batchSize(200).seed(3).build());
    Map<RunSpec, RunOutcome> together = together(runs);
    assertThat(together.get(runs.get(0)).epochs().size())
        .isLessThan(together.get(runs.get(1)).epochs().size());
    for (RunSpec run : runs) {
      RunOutcome alone = together(List.of(run)).get(run);
      RunOutcome beside = together.get(run);
      assertThat(beside.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(beside.reason()).isEqualTo(alone.reason());
      assertThat(beside.optimalityViolation()).isEqualTo(alone.optimalityViolation()).isNotNaN();
      assertThat(beside.weights().npz()).isEqualTo(alone.weights().npz());
      assertThat(beside.best()).isEqualTo(alone.best());
    }
  }

  private static Specs.Builder linear(PenaltySpec penalty) {
    return Specs.spec()
        .network(new NetworkSpec.Linear(true))
        .optimizer(SGD)
        .penalty(penalty)
        .batchSize(442)
        .seed(0);
  }

  private static Map<RunSpec, RunOutcome> together(List<RunSpec> specs) throws Exception {
    Map<RunSpec, RunOutcome> outcomes = new HashMap<>();
    CohortListener listener =
        new CohortListener() {
          @Override
          public void onOutcome(RunOutcome outcome) {
            outcomes.put(outcome.spec(), outcome);
          }

          @Override
          public void onFailure(RunSpec spec, Exception fault) {
            throw new AssertionError(spec.label(), fault);
          }
        };
    try (DataSets dataSets = new DataSets(null)) {
      new Training(dataSets).run(specs, listener);
    }
    return outcomes;
  }

  private RunOutcome fit(Task task, RunSpec spec) throws Exception {
    double[][] x = table("diabetes_data_raw.csv.gz");
    double[][] y = table("diabetes_target.csv.gz");
    long[] classes = Arrays.stream(y).mapToLong(row -> row[0] > 140 ? 1 : 0).toArray();
    NDArray features = standardized(x);
    return task == Task.REGRESSION
        ? train(spec, task, 1, new Part(features, standardized(y)))
        : train(spec, task, 2, new Part(features, manager.create(classes)));
  }

  private RunOutcome train(RunSpec spec, Task task, int outputs, Part rows) throws Exception {
    Part none = new Part(rows.features().get("0:0"), rows.labels().get("0:0"));
    int features = (int) rows.features().getShape().get(1);
    DataSplit data =
        new DataSplit(
            task,
            outputs,
            rows,
            rows,
            none,
            rows.rows(),
            0,
            "",
            new EqualRows(0, 0),
            0,
            IntStream.range(0, features).mapToObj(Integer::toString).toList(),
            List.of(),
            DataSplit.Making.UNKNOWN);
    SingleRun single = new SingleRun(TrainingListener.SILENT);
    new Cohort(List.of(spec), data, manager, single).train();
    RunOutcome outcome = single.outcome();
    assertThat(outcome.coefficients()).extracting(Coefficient::feature).hasSize(features);
    return outcome;
  }

  private NDArray standardized(double[][] columns) {
    int width = columns[0].length;
    float[] values = new float[columns.length * width];
    for (int j = 0; j < width; j++) {
      int column = j;
      double mean = Arrays.stream(columns).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(columns)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElseThrow();
      for (int i = 0; i < columns.length; i++) {
        values[i * width + j] = (float) ((columns[i][j] - mean) / Math.sqrt(variance));
      }
    }
    return manager.create(values, new Shape(columns.length, width));
  }

  private static double[][] table(String name) throws Exception {
    try (InputStream in = DataSets.class.getResourceAsStream(name);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(
              line ->
                  Arrays.stream(line.trim().split(" ")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    }
  }
}
