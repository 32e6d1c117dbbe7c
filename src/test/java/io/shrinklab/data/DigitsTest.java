package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class DigitsTest {
  private NDManager manager;
  private DataSets dataSets;

  @BeforeEach
  void open(NDManager manager) {
    this.manager = manager;
    dataSets = new DataSets(null);
  }

  @AfterEach
  void close() {
    dataSets.close();
  }

  private static DataSpec.Digits digits(int train, DataSpec.Split split, double labelNoise) {
    return new DataSpec.Digits(Rows.of(train), Rows.of(600), split, labelNoise);
  }

  private static DataSpec.Digits digits() {
    return digits(300, DataSpec.Split.PER_SEED, 0);
  }

  @Test
  void partsHaveTheirSizesShapesAndTypes() throws DataException {
    DataSplit split = dataSets.split(digits(), 0, manager);
    assertThat(split.task()).isEqualTo(Task.SINGLE_LABEL);
    assertThat(split.outputs()).isEqualTo(10);
    assertThat(split.pool()).isEqualTo(1797);
    assertThat(split.train().features().getShape()).isEqualTo(new Shape(300, 1, 8, 8));
    assertThat(split.train().labels().getShape()).isEqualTo(new Shape(300));
    assertThat(split.validation().features().getShape()).isEqualTo(new Shape(600, 1, 8, 8));
    assertThat(split.test().features().getShape()).isEqualTo(new Shape(897, 1, 8, 8));
    assertThat(split.train().features().getDataType()).isEqualTo(DataType.FLOAT32);
    assertThat(split.train().labels().getDataType()).isEqualTo(DataType.INT64);
  }

  /**
   * The set's authors: pixels are counts 0..16, and the test set has 178, 182, 177, 183, 181, 182,
   * 181, 179, 174 and 180 rows of the ten digits.
   */
  @Test
  void allRowsTogetherAreThePublishedSet() throws DataException {
    DataSplit split = dataSets.split(digits(), 3, manager);
    long[] counts = new long[10];
    float largest = 0;
    for (Part part : new Part[] {split.train(), split.validation(), split.test()}) {
      for (long label : part.labels().toLongArray()) {
        counts[(int) label]++;
      }
      for (float pixel : part.features().toFloatArray()) {
        assertThat(pixel * 16).isBetween(0f, 16f).isEqualTo(Math.round(pixel * 16));
        largest = Math.max(largest, pixel);
      }
    }
    assertThat(counts).containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    assertThat(largest).isEqualTo(1f);
  }

  /** The first row of the published file: a zero, whose second line of pixels starts 0 0 13 15. */
  @Test
  void aRowKeepsItsLabel() throws DataException {
    float[] first = {0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0};
    DataSplit split = dataSets.split(digits(), 3, manager);
    int found = 0;
    for (Part part : new Part[] {split.train(), split.validation(), split.test()}) {
      float[] pixels = part.features().toFloatArray();
      long[] labels = part.labels().toLongArray();
      for (int row = 0; row < labels.length; row++) {
        boolean same = true;
        for (int i = 0; i < first.length; i++) {
          same &= pixels[row * 64 + i] * 16 == first[i];
        }
        if (same) {
          found++;
          assertThat(labels[row]).isZero();
        }
      }
    }
    assertThat(found).isEqualTo(1);
  }

  @Test
  void aSeedDrawsItsOwnPartsAlwaysTheSame() throws DataException {
    float[] once = dataSets.split(digits(), 1, manager).train().features().toFloatArray();
    float[] again = dataSets.split(digits(), 1, manager).train().features().toFloatArray();
    float[] other = dataSets.split(digits(), 2, manager).train().features().toFloatArray();
    assertThat(again).isEqualTo(once);
    assertThat(other).isNotEqualTo(once);
  }

  @Test
  void aFixedSplitIsTheSameForAllSeedsNoiseIncluded() throws DataException {
    DataSpec fixed = digits(300, DataSpec.Split.FIXED, 0.2);
    DataSplit one = dataSets.split(fixed, 1, manager);
    DataSplit two = dataSets.split(fixed, 2, manager);
    assertThat(two.train().features().toFloatArray())
        .isEqualTo(one.train().features().toFloatArray());
    assertThat(two.train().labels().toLongArray()).isEqualTo(one.train().labels().toLongArray());
  }

  /**
   * Of k labels drawn uniformly from ten classes a tenth stays what it was: with all 1,000 labels
   * drawn, 900 change on average, standard deviation sqrt(1000 * 0.1 * 0.9) = 9.5.
   */
  @Test
  void noiseReplacesTrainingLabelsAndNothingElse() throws DataException {
    DataSplit clean = dataSets.split(digits(1000, DataSpec.Split.PER_SEED, 0), 4, manager);
    DataSplit noisy = dataSets.split(digits(1000, DataSpec.Split.PER_SEED, 1), 4, manager);
    assertThat(noisy.train().features().toFloatArray())
        .isEqualTo(clean.train().features().toFloatArray());
    assertThat(noisy.validation().labels().toLongArray())
        .isEqualTo(clean.validation().labels().toLongArray());
    assertThat(noisy.test().labels().toLongArray()).isEqualTo(clean.test().labels().toLongArray());
    long[] before = clean.train().labels().toLongArray();
    long[] after = noisy.train().labels().toLongArray();
    int changed = 0;
    Set<Long> drawn = new HashSet<>();
    for (int row = 0; row < before.length; row++) {
      changed += before[row] == after[row] ? 0 : 1;
      drawn.add(after[row]);
    }
    assertThat(changed).isBetween(852, 948);
    assertThat(drawn).hasSize(10);
  }

  @Test
  void noTestRowIsATrainingRow() throws DataException {
    DataSplit split = dataSets.split(digits(), 5, manager);
    // The published set has no two equal rows, so equal rows would be the same row.
    Set<String> train = rows(split.train());
    assertThat(train).hasSize(300);
    assertThat(rows(split.validation())).hasSize(600).doesNotContainAnyElementsOf(train);
    assertThat(rows(split.test())).hasSize(897).doesNotContainAnyElementsOf(train);
  }

  @Test
  void sharesAreOfTheWholeSetAndRoundedDown() throws DataException {
    // 0.6 * 1797 = 1078.2 and 0.2 * 1797 = 359.4
    DataSpec spec = new DataSpec.Digits(new Rows(0.6), new Rows(0.2), DataSpec.Split.PER_SEED, 0);
    DataSplit shares = dataSets.split(spec, 5, manager);
    assertThat(shares.sizes()).isEqualTo(new PartSizes(1078, 359, 360, 1797, 0));
    DataSplit counts =
        dataSets.split(
            new DataSpec.Digits(Rows.of(1078), Rows.of(359), DataSpec.Split.PER_SEED, 0),
            5,
            manager);
    assertThat(shares.train().features().toFloatArray())
        .isEqualTo(counts.train().features().toFloatArray());
    assertThat(shares.validation().labels().toLongArray())
        .isEqualTo(counts.validation().labels().toLongArray());
  }

  @Test
  void aClassThatTrainingLacksIsRefusedBeforeAnyRun() {
    assertThatThrownBy(() -> dataSets.ensureAvailable(digits(5, DataSpec.Split.PER_SEED, 0)))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "data: found class number \\d in \\d+ validation rows and in no training row; ask for more"
                + " training rows, or merge rare classes");
  }

  @Test
  void moreRowsThanThereAreAreRefused() {
    assertThatThrownBy(() -> dataSets.split(digits(1500, DataSpec.Split.PER_SEED, 0), 0, manager))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data: found train 1500 and validation 600; each part needs a row, and there are 1797"
                + " rows to draw from; ask for other sizes");
  }

  @Test
  void partsBelongToTheGivenManagerAndLeaveNothingElseThere() throws DataException {
    try (NDManager own = manager.newSubManager()) {
      dataSets.split(digits(), 0, own);
      assertThat(own.getManagedArrays()).hasSize(6);
    }
  }

  private static Set<String> rows(Part part) {
    Set<String> rows = new HashSet<>();
    float[] pixels = part.features().toFloatArray();
    for (int row = 0; row < part.rows(); row++) {
      rows.add(Arrays.toString(Arrays.copyOfRange(pixels, row * 64, (row + 1) * 64)));
    }
    return rows;
  }
}
