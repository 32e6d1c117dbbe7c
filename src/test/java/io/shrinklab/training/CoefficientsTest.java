package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DataSplit;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class CoefficientsTest {
  private static RunOutcome train(DataSets sets, RunSpec spec) throws Exception {
    return new Training(sets).run(spec, TrainingListener.SILENT);
  }

  private static RunSpec spec(String data, String network, String epochs) throws Exception {
    return ExperimentFile.parse(
            """
            {"data": %s, "network": %s,
             "optimizer": {"kind": "sgd", "learningRate": 100},
             "training": {"epochs": %s, "batchSize": 442}, "seeds": 1, "baseline": "l1",
             "variants": [{"name": "l1",
                           "penalty": {"kind": "lp", "p": 1, "lambda": 1, "method": "proximal"}}]}
            """
                .formatted(data, network, epochs),
            "test.json")
        .runs()
        .findFirst()
        .orElseThrow();
  }

  /**
   * What makes coefficients the lasso's (Karush, Kuhn and Tucker): each feature's product with the
   * residuals over n is lambda, with the coefficient's sign, or at most lambda where that is 0.
   */
  @Test
  void theRecordedCoefficientsAreTheLassosAtTheRunsOwnRows(NDManager manager) throws Exception {
    RunSpec spec =
        spec(
            "{\"kind\": \"diabetes\", \"train\": 300, \"validation\": 142}",
            "{\"kind\": \"linear\", \"bias\": false}",
            "500");
    try (DataSets sets = new DataSets(null)) {
      List<Coefficient> coefficients = train(sets, spec).coefficients();
      assertThat(coefficients)
          .extracting(Coefficient::feature)
          .containsExactly("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6");
      DataSplit data = sets.split(spec.variant().data(), spec.seed(), manager);
      float[] x = data.train().features().toFloatArray();
      float[] y = data.train().labels().toFloatArray();
      double[] residuals = new double[y.length];
      for (int row = 0; row < y.length; row++) {
        residuals[row] = y[row];
        for (int i = 0; i < 10; i++) {
          residuals[row] -= x[row * 10 + i] * coefficients.get(i).value();
        }
      }
      int zeros = 0;
      for (int i = 0; i < 10; i++) {
        double product = 0;
        for (int row = 0; row < y.length; row++) {
          product += x[row * 10 + i] * residuals[row] / y.length;
        }
        double value = coefficients.get(i).value();
        if (value == 0) {
          zeros++;
          assertThat(Math.abs(product)).as(coefficients.get(i).feature()).isLessThan(1 + 1e-3);
        } else {
          assertThat(product)
              .as(coefficients.get(i).feature())
              .isCloseTo(Math.signum(value), within(1e-3));
        }
      }
      // Of all rows scikit-learn keeps bmi, bp and s5 at this strength.
      assertThat(zeros).isBetween(5, 8);
    }
  }

  /** The log odds: the second class's output minus the first's, as the weights' file has them. */
  @Test
  void ofTwoClassesTheDifferenceIsRecorded(NDManager manager) throws Exception {
    String data =
        "{\"kind\": \"synthetic\", \"task\": \"classification\", \"features\": 3, \"relevant\": 1}";
    try (DataSets sets = new DataSets(null)) {
      RunSpec spec = spec(data, "{\"kind\": \"linear\", \"bias\": false}", "1");
      RunOutcome outcome = train(sets, spec);
      float[] w = NDList.decode(manager, outcome.weights().npz()).singletonOrThrow().toFloatArray();
      assertThat(outcome.coefficients())
          .extracting(Coefficient::value)
          .containsExactly((double) w[3] - w[0], (double) w[4] - w[1], (double) w[5] - w[2]);
      assertThat(outcome.coefficients())
          .extracting(Coefficient::truth)
          .isEqualTo(sets.split(spec.variant().data(), spec.seed(), manager).truth());
    }
  }

  @Test
  void realDataHaveNoTruth() throws Exception {
    try (DataSets sets = new DataSets(null)) {
      String linear = "{\"kind\": \"linear\", \"bias\": false}";
      assertThat(train(sets, spec("{\"kind\": \"diabetes\"}", linear, "1")).coefficients())
          .extracting(Coefficient::truth)
          .containsOnly(Double.NaN);
    }
  }

  @Test
  void otherNetworksAndTasksHaveNone() throws Exception {
    try (DataSets sets = new DataSets(null)) {
      String digits = "{\"kind\": \"digits\", \"train\": 100, \"validation\": 100}";
      assertThat(train(sets, spec(digits, "{\"kind\": \"linear\"}", "1")).coefficients()).isEmpty();
      String mlp = "{\"kind\": \"mlp\", \"hidden\": [4]}";
      assertThat(train(sets, spec("{\"kind\": \"diabetes\"}", mlp, "1")).coefficients()).isEmpty();
    }
  }
}
