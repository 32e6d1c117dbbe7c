package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.shrinklab.EngineExtension;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.StrengthSchedule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Linear models with known solutions, reached by this project's training loop. The objective is
 * scikit-learn's, {@code |y - Xw|^2 / (2n) + alpha rho |w|_1 + alpha (1 - rho) / 2 |w|^2}: l1 =
 * alpha rho and l2 = alpha (1 - rho) / 2.
 */
@ExtendWith(EngineExtension.class)
class LinearModelTest {
  private static final float[][] X = {{-1}, {0}, {1}};
  private static final float[] Y = {-1, 0, 1};
  private NDManager manager;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
  }

  @ParameterizedTest(name = "lasso with alpha {0} gives {1}")
  @CsvSource({"0.1, 0.85", "0.5, 0.25", "1, 0"})
  void lassoOfThreePoints(double alpha, double expected) throws Exception {
    float[] w =
        LinearFit.coefficients(manager, X, Y, Specs.lp(1, alpha, PROXIMAL), Specs.sgd(0.5, 0), 200);
    assertThat((double) w[0]).isCloseTo(expected, within(1e-5));
    if (expected == 0) {
      assertThat(w[0]).isZero();
    }
  }

  @ParameterizedTest(name = "elastic net with alpha 0.5, rho {0} gives {1}, {2}")
  @CsvSource({
    "0.3, 0.50819, PROXIMAL",
    "0.5, 0.45454, PROXIMAL",
    "0.3, 0.50819, GRADIENT",
    "0.5, 0.45454, GRADIENT"
  })
  void elasticNetOfThreePoints(double rho, double expected, PenaltySpec.Method method)
      throws Exception {
    PenaltySpec net = Specs.elasticNet(0.5 * rho, 0.5 * (1 - rho) / 2, method);
    float[] w = LinearFit.coefficients(manager, X, Y, net, Specs.sgd(0.5, 0), 200);
    assertThat((double) w[0]).isCloseTo(expected, within(2e-5));
  }

  /**
   * Of the three points the data loss is (w - 1)^2 / 3. Huber's penalty with lambda 0.1 pulls with
   * 0.1 beyond its corner: w = 1 - 0.15 = 0.85. With lambda 1 it holds w within the corner, at 2/3
   * (w - 1) + 10 w = 0: w = 0.0625.
   */
  @ParameterizedTest(name = "the user''s own penalty with lambda {0} gives {1}")
  @CsvSource({"0.1, 0.85", "1, 0.0625"})
  void aPenaltyOfTheUsersOwnIsTrained(double lambda, double expected) throws Exception {
    PenaltySpec own =
        new PenaltySpec.Custom(
            HuberPenalty.class.getName(),
            new Lambda(lambda),
            PenaltySpec.Scope.WEIGHTS,
            GRADIENT,
            null,
            new StrengthSchedule.Constant());
    float[] w = LinearFit.coefficients(manager, X, Y, own, Specs.sgd(0.1, 0), 500);
    assertThat((double) w[0]).isCloseTo(expected, within(1e-5));
  }

  @Test
  void aClassThatIsNoPenaltyIsRefusedByName() {
    PenaltySpec own =
        new PenaltySpec.Custom(
            "java.lang.String",
            new Lambda(1),
            PenaltySpec.Scope.WEIGHTS,
            GRADIENT,
            null,
            new StrengthSchedule.Constant());
    assertThatThrownBy(() -> LinearFit.coefficients(manager, X, Y, own, Specs.sgd(0.1, 0), 1))
        .isInstanceOf(PenaltyException.class)
        .hasMessageContaining("penalty.className: found java.lang.String; a class")
        .hasMessageContaining("PenaltyDefinition is needed");
  }

  @Test
  void lassoOfDiabetesWithAlphaOneKeepsThreeColumns() throws Exception {
    double[] w = diabetes(Specs.lp(1, 1, PROXIMAL));
    close(w, 0, 0, 367.7016, 6.3097, 0, 0, 0, 0, 307.6022, 0);
    assertThat(zeros(w)).containsExactly(0, 1, 4, 5, 6, 7, 9);
  }

  @Test
  void lassoOfDiabetesWithAlphaOneTenthKeepsEightColumns() throws Exception {
    double[] w = diabetes(Specs.lp(1, 0.1, PROXIMAL));
    close(w, 0, -155.343, 517.216, 275.087, -52.552, 0, -210.140, 0, 483.917, 33.662);
  }

  @ParameterizedTest
  @CsvSource({"PROXIMAL", "GRADIENT", "DECOUPLED"})
  void ridgeOfDiabetesIsTheClosedForm(PenaltySpec.Method method) throws Exception {
    double[] w = diabetes(Specs.lp(2, 0.001, method));
    close(
        w, 28.048, -91.672, 320.954, 209.971, 2.459, -34.872, -156.784, 118.726, 275.010, 112.639);
  }

  /**
   * The lasso path of diabetes changes at n * alpha = 949.435, 889.314, 452.896, 316.073, 130.130,
   * 88.784, 68.965, 19.981, 5.478, ...; one column enters at each of the first, and between two
   * changes the number of columns is constant.
   */
  @ParameterizedTest(name = "n * alpha = {0}: {1} columns")
  @CsvSource({"960, 0", "920, 1", "700, 2", "400, 3", "200, 4", "110, 5", "80, 6", "40, 7"})
  void theLassoPathHasThePublishedNumberOfColumns(double nAlpha, int columns) throws Exception {
    double[] w = diabetes(Specs.lp(1, nAlpha / 442, PROXIMAL));
    assertThat(10 - zeros(w).size()).isEqualTo(columns);
  }

  /** Within 1e-3 of the largest coefficient's size. */
  private static void close(double[] actual, double... expected) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("coefficient %s", i).isCloseTo(expected[i], within(1e-3 * scale));
    }
  }

  private static List<Integer> zeros(double[] w) {
    return java.util.stream.IntStream.range(0, w.length).filter(i -> w[i] == 0).boxed().toList();
  }

  /** y centred; columns centred and scaled to norm 1. */
  private double[] diabetes(PenaltySpec penalty) throws Exception {
    Path folder = Path.of("../shared/datasets/diabetes");
    assumeTrue(Files.isDirectory(folder), "needs the diabetes data in " + folder);
    double[][] x = rows(folder.resolve("diabetes_data_raw.csv.gz"));
    double[][] y = rows(folder.resolve("diabetes_target.csv.gz"));
    center(x);
    scale(x);
    center(y);
    float[][] features = new float[x.length][x[0].length];
    float[] target = new float[y.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        features[i][j] = (float) x[i][j];
      }
      target[i] = (float) y[i][0];
    }
    // The largest curvature is 4.02 / 442, so 150 is a stable rate.
    OptimizerSpec optimizer = Specs.sgd(150, 0.9);
    float[] w = LinearFit.coefficients(manager, features, target, penalty, optimizer, 1200);
    double[] coefficients = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      coefficients[i] = w[i];
    }
    return coefficients;
  }

  private static void center(double[][] columns) {
    for (int j = 0; j < columns[0].length; j++) {
      int column = j;
      double mean = Arrays.stream(columns).mapToDouble(row -> row[column]).average().orElseThrow();
      for (double[] row : columns) {
        row[column] -= mean;
      }
    }
  }

  private static void scale(double[][] columns) {
    for (int j = 0; j < columns[0].length; j++) {
      int column = j;
      double norm =
          Math.sqrt(Arrays.stream(columns).mapToDouble(row -> row[column] * row[column]).sum());
      for (double[] row : columns) {
        row[column] /= norm;
      }
    }
  }

  private static double[][] rows(Path file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(
              line ->
                  Arrays.stream(line.trim().split("\\s+"))
                      .mapToDouble(Double::parseDouble)
                      .toArray())
          .toArray(double[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
