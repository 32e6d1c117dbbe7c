package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.testing.ASpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearTruthTest {
  private static DataSpec.Synthetic synthetic(String keys) {
    return (DataSpec.Synthetic)
        ASpec.read(
                """
                'data': {'kind': 'synthetic', %s},
                'network': {'kind': 'linear'}, 'optimizer': {'kind': 'adam'},
                'training': {'epochs': 1}, 'penalty': {'kind': 'none'}"""
                    .formatted(keys))
            .variant()
            .data();
  }

  private static Source draw(DataSpec.Synthetic spec, long seed) {
    return new LinearTruth(spec).draw(seed);
  }

  private static double[] values(Source source) {
    return ((Columns) source.features()).values();
  }

  private static double[] targets(Source source) {
    return ((Targets) source.labels()).values();
  }

  private static List<Double> truth(String keys) {
    return new LinearTruth(synthetic(keys)).coefficients();
  }

  private static double mean(int rows, IntToDoubleFunction ofRow) {
    return IntStream.range(0, rows).mapToDouble(ofRow).average().orElseThrow();
  }

  @Nested
  @ExtendWith(EngineExtension.class)
  class Parted {
    @Test
    void partsHaveTheirSizesShapesAndTypes(NDManager manager) throws DataException {
      try (DataSets sets = new DataSets(null)) {
        DataSplit split =
            sets.split(
                synthetic(
                    "'features': 7, 'relevant': 2, 'train': 20, 'validation': 30, 'test': 10"),
                0,
                manager);
        assertThat(split.task()).isEqualTo(Task.REGRESSION);
        assertThat(split.outputs()).isEqualTo(1);
        assertThat(split.train().features().getShape()).isEqualTo(new Shape(20, 7));
        assertThat(split.train().labels().getShape()).isEqualTo(new Shape(20, 1));
        assertThat(split.train().features().getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(split.features()).containsExactly("x1", "x2", "x3", "x4", "x5", "x6", "x7");
        assertThat(split.truth()).hasSize(7).filteredOn(value -> value != 0).hasSize(2);
        assertThat(split.sizes()).isEqualTo(new PartSizes(20, 30, 10, PartSizes.UNLIMITED, 0));
        assertThat(split.equalRows().validation()).isZero();
      }
    }

    @Test
    void withoutATestPartThereIsNone(NDManager manager) throws DataException {
      try (DataSets sets = new DataSets(null)) {
        DataSplit split =
            sets.split(
                synthetic(
                    "'task': 'classification', 'features': 2, 'relevant': 1, 'train': 40,"
                        + " 'validation': 30, 'test': 0"),
                0,
                manager);
        assertThat(split.task()).isEqualTo(Task.SINGLE_LABEL);
        assertThat(split.outputs()).isEqualTo(2);
        assertThat(split.sizes()).isEqualTo(new PartSizes(40, 30, 0, PartSizes.UNLIMITED, 0));
      }
    }

    /** Whatever the run's seed, where all seeds are to have the same rows. */
    @Test
    void theSplitSaysWhetherSeedsShareTheirRows(NDManager manager) throws DataException {
      String keys = "'features': 3, 'relevant': 1, 'train': 20, 'validation': 20, 'split': '%s'";
      try (DataSets sets = new DataSets(null)) {
        for (String split : List.of("fixed", "per-seed")) {
          DataSpec spec = synthetic(keys.formatted(split));
          float[] first = sets.split(spec, 1, manager).train().features().toFloatArray();
          float[] again = sets.split(spec, 1, manager).train().features().toFloatArray();
          float[] other = sets.split(spec, 2, manager).train().features().toFloatArray();
          assertThat(again).isEqualTo(first);
          assertThat(Arrays.equals(other, first)).as(split).isEqualTo(split.equals("fixed"));
        }
      }
    }
  }

  /** By another program, of the published algorithm of SplittableRandom and the polar method. */
  @Test
  void everyMachineDrawsTheseNumbers() {
    DataSpec.Synthetic spec =
        synthetic(
            "'features': 2, 'relevant': 0, 'intercept': 5, 'noise': 2, 'train': 2, 'validation': 2");
    Source source = draw(spec, 3);
    // Two features and an error for each row.
    assertThat(Arrays.copyOf(values(source), 4))
        .containsExactly(
            0.33867749970420824, 0.07818436584702822, 0.6488546156099678, -1.4344416624281704);
    assertThat(targets(source)[0]).isCloseTo(5 - 2 * 0.4968587717, within(1e-6));
    assertThat(targets(source)[1]).isCloseTo(5 + 2 * 0.60929906, within(1e-6));
    // Validation has a stream of its own.
    assertThat(Arrays.copyOfRange(values(source), 4, 6))
        .containsExactly(0.39256705528352875, 0.23816940357684077);
  }

  /** By another program: of the truth's seed 5 the first signs are - + - - - +. */
  @Test
  void theTruthComesFromItsOwnSeed() {
    List<Double> six = truth("'features': 6, 'relevant': 6, 'effect': 0.5, 'truthSeed': 5");
    assertThat(six).containsExactlyInAnyOrder(-0.5, 0.5, -0.5, -0.5, -0.5, 0.5);
    assertThat(truth("'features': 6, 'relevant': 6, 'effect': 0.5, 'truthSeed': 5")).isEqualTo(six);
    DataSpec.Synthetic spec = synthetic("'features': 50, 'relevant': 5");
    assertThat(draw(spec, 1).truth()).isEqualTo(draw(spec, 2).truth());
    assertThat(draw(spec, 1).sha256()).isEqualTo(draw(spec, 2).sha256());
    assertThat(draw(synthetic("'features': 50, 'relevant': 5, 'truthSeed': 1"), 1).sha256())
        .isNotEqualTo(draw(spec, 1).sha256());
  }

  @Test
  void groupsAreRelevantAsAWhole() {
    List<Double> truth = truth("'features': 40, 'relevant': 12, 'groupSize': 4");
    int whole = 0;
    for (int group = 0; group < 10; group++) {
      long relevant =
          truth.subList(4 * group, 4 * group + 4).stream().filter(value -> value != 0).count();
      assertThat(relevant).isIn(0L, 4L);
      whole += relevant == 4 ? 1 : 0;
    }
    assertThat(whole).isEqualTo(3);
    assertThat(truth).allMatch(value -> Math.abs(value) == 1 || value == 0);
  }

  @Test
  void aLongerPartBeginsWithTheSameRowsAndLeavesTheOthersAlone() {
    String keys = "'features': 3, 'relevant': 2, 'validation': 5, 'train': %d";
    double[] few = values(draw(synthetic(keys.formatted(4)), 7));
    double[] many = values(draw(synthetic(keys.formatted(9)), 7));
    assertThat(Arrays.copyOf(many, 12)).isEqualTo(Arrays.copyOf(few, 12));
    assertThat(Arrays.copyOfRange(many, 27, 42)).isEqualTo(Arrays.copyOfRange(few, 12, 27));
  }

  /**
   * Of n = 40,000 rows the standard error of a mean is 0.005, of a variance sqrt(2 / n) = 0.007, of
   * a fourth moment sqrt(96 / n) = 0.049, and of a correlation at most 0.005: four of them are
   * allowed.
   */
  @ParameterizedTest
  @CsvSource({"0", "0.6", "-0.5"})
  void momentsAreThoseOfTheClosedForms(double r) {
    int n = 40_000;
    Source source =
        draw(
            synthetic(
                "'features': 3, 'relevant': 3, 'effect': 0.5, 'intercept': 2, 'noise': 3, 'train': "
                    + n
                    + ", 'validation': 2, 'test': 0, 'correlation': "
                    + r),
            0);
    double[] x = values(source);
    double[] y = targets(source);
    for (int j = 0; j < 3; j++) {
      int column = j;
      assertThat(mean(n, row -> x[3 * row + column])).isCloseTo(0, within(0.02));
      assertThat(mean(n, row -> Math.pow(x[3 * row + column], 2))).isCloseTo(1, within(0.028));
      assertThat(mean(n, row -> Math.pow(x[3 * row + column], 4))).isCloseTo(3, within(0.2));
    }
    assertThat(mean(n, row -> x[3 * row] * x[3 * row + 1])).isCloseTo(r, within(0.028));
    assertThat(mean(n, row -> x[3 * row + 1] * x[3 * row + 2])).isCloseTo(r, within(0.028));
    assertThat(mean(n, row -> x[3 * row] * x[3 * row + 2])).isCloseTo(r * r, within(0.028));
    List<Double> b = source.truth();
    IntToDoubleFunction error =
        row -> {
          double eta = 2;
          for (int j = 0; j < 3; j++) {
            eta += b.get(j) * x[3 * row + j];
          }
          return y[row] - eta;
        };
    assertThat(mean(n, error)).isCloseTo(0, within(4 * 3 * 0.005));
    assertThat(mean(n, row -> Math.pow(error.applyAsDouble(row), 2)))
        .isCloseTo(9, within(4 * 9 * 0.0071));
    assertThat(mean(n, row -> error.applyAsDouble(row) * x[3 * row]))
        .isCloseTo(0, within(4 * 3 * 0.005));
  }

  /** 1 / (1 + exp(-1)) = 0.73106 of the labels; without noise the sign decides, all of them. */
  @ParameterizedTest
  @CsvSource({"1, 1, 0.731059", "2, 2, 0.731059", "-1, 1, 0.268941", "1, 0, 1", "-1, 0, 0"})
  void labelsHaveTheLogisticFunctionsFrequency(double intercept, double noise, double expected) {
    int n = 40_000;
    Source source =
        draw(
            synthetic(
                "'task': 'classification', 'features': 1, 'relevant': 0, 'train': %d, 'test': 0, 'intercept': %s, 'noise': %s"
                    .formatted(n, intercept, noise)),
            0);
    int[] classes = ((Classes) source.labels()).values();
    assertThat(mean(n, row -> classes[row])).isCloseTo(expected, within(4 * 0.0023));
  }
}
