package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class DiabetesTest {

  /**
   * The lasso's path begins where n * alpha is the largest |x'y|: 949.435 (Efron et al. 2004, and
   * scikit-learn's lars_path), at bmi.
   */
  @Test
  void scaledOverAllRowsItIsTheSetOfTheLeastAnglePaper(NDManager manager) {
    Source source = Diabetes.read();
    int[] all = IntStream.range(0, 442).toArray();
    float[] x = source.features().fitted(all).take(all, manager).toFloatArray();
    float[] y = source.labels().fitted(all).take(all, manager).toFloatArray();
    double[] products = new double[10];
    double[] norms = new double[10];
    for (int row = 0; row < 442; row++) {
      for (int column = 0; column < 10; column++) {
        products[column] += x[row * 10 + column] * y[row];
        norms[column] += x[row * 10 + column] * x[row * 10 + column];
      }
    }
    assertThat(norms).containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, within(1e-5));
    assertThat(products[2]).isCloseTo(949.435, within(0.01));
    for (double product : products) {
      assertThat(Math.abs(product)).isLessThanOrEqualTo(products[2]);
    }
  }

  @Test
  void aRunScalesByItsTrainingRows(NDManager manager) throws DataException {
    try (DataSets sets = new DataSets(null)) {
      DataSplit split =
          sets.split(
              new DataSpec.Diabetes(Rows.of(200), Rows.of(142), DataSpec.Split.PER_SEED),
              1,
              manager);
      assertThat(split.task()).isEqualTo(Task.REGRESSION);
      assertThat(split.test().rows()).isEqualTo(100);
      assertThat(split.train().features().getShape()).isEqualTo(new Shape(200, 10));
      assertThat(split.train().features().square().sum(new int[] {0}).toFloatArray())
          .containsExactly(new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, within(1e-4f));
      assertThat(split.train().labels().sum().getFloat()).isCloseTo(0, within(0.05f));
      assertThat(split.validation().features().square().sum().getFloat()).isNotEqualTo(10f);
    }
  }
}
