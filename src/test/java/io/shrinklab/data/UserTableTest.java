package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.testing.ATable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EngineExtension.class)
class UserTableTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("table.csv");
  }

  private DataSpec.Csv spec(
      String target, DataSpec.Target task, List<String> columns, List<String> categorical) {
    ATable table =
        ATable.in(file)
            .columns(columns.toArray(String[]::new))
            .categorical(categorical.toArray(String[]::new));
    return (task == DataSpec.Target.REGRESSION ? table.numberOf(target) : table.classOf(target))
        .spec();
  }

  private DataSpec.Csv classification(List<String> categorical) {
    return spec("class", DataSpec.Target.CLASSIFICATION, List.of(), categorical);
  }

  @Test
  void numbersAreStandardizedOverTheTrainingRowsAlone(NDManager manager)
      throws IOException, DataException {
    Files.writeString(file, "x,y\n1,10\n2,20\n3,35\n4,40\n50,80\n60,70\n");
    try (DataSets sets = new DataSets(folder)) {
      DataSplit split =
          sets.split(spec("y", DataSpec.Target.REGRESSION, List.of(), List.of()), 1, manager);
      assertThat(split.task()).isEqualTo(Task.REGRESSION);
      assertThat(split.outputs()).isEqualTo(1);
      assertThat(split.train().labels().getShape()).isEqualTo(new Shape(4, 1));
      float[] x = split.train().features().toFloatArray();
      float[] y = split.train().labels().toFloatArray();
      for (float[] values : List.of(x, y)) {
        double mean = 0;
        double squares = 0;
        for (float value : values) {
          mean += value / 4;
          squares += value * value / 4;
        }
        assertThat(mean).isCloseTo(0, within(1e-6));
        assertThat(squares).isCloseTo(1, within(1e-5));
      }
      // Over all six rows the validation rows would have smaller values than these.
      float[] all = split.validation().features().toFloatArray();
      assertThat(all[0] == 0 && all[1] == 0).isFalse();
    }
  }

  @Test
  void categoriesBecomeColumnsAndClassesAreNumberedByName(NDManager manager)
      throws IOException, DataException {
    Files.writeString(
        file, "colour,size,class\nred,1,no\nblue,2,yes\n\"green, dark\",3,no\nblue,4,yes\n");
    try (DataSets sets = new DataSets(folder)) {
      DataSplit split = sets.split(classification(List.of("colour")), 3, manager);
      assertThat(split.outputs()).isEqualTo(2);
      assertThat(split.train().features().getShape()).isEqualTo(new Shape(2, 4));
      // One of blue, green, red is 1 in each row, before the standardized size.
      float[] rows = split.train().features().toFloatArray();
      for (int row = 0; row < 2; row++) {
        assertThat(rows[row * 4] + rows[row * 4 + 1] + rows[row * 4 + 2]).isEqualTo(1);
      }
      // yes is class 1, and blue: column 0 is 1 there.
      long[] labels = split.train().labels().toLongArray();
      for (int row = 0; row < 2; row++) {
        assertThat((double) rows[row * 4]).isEqualTo((double) labels[row]);
      }
    }
  }

  @Test
  void classesThatAreNumbersAreInTheirOrder(NDManager manager) throws IOException, DataException {
    Files.writeString(file, "x,class\n1,10\n2,9\n3,10\n4,9\n5,10\n6,9\n");
    try (DataSets sets = new DataSets(folder)) {
      DataSpec.Csv spec = classification(List.of());
      DataSplit split = sets.split(spec, 3, manager);
      float[] x = split.train().features().toFloatArray();
      long[] labels = split.train().labels().toLongArray();
      assertThat(split.train().rows()).isEqualTo(4);
      // Odd x are of class 10, the second one; stratified, so two of each.
      assertThat(labels[0] + labels[1] + labels[2] + labels[3]).isEqualTo(2);
      assertThat(x).hasSize(4);
    }
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatThereAre() throws IOException {
    Files.writeString(file, "a,b\n1,2\n");
    assertRefused(
        classification(List.of()),
        "data.target: found \"class\"; the columns of " + file + " are a, b");
    assertRefused(
        spec("a", DataSpec.Target.REGRESSION, List.of("z"), List.of()),
        "data.columns: found \"z\"; the columns of " + file + " are a, b");
  }

  @Test
  void badCellsAreNamedByRowAndColumn() throws IOException {
    Files.writeString(file, "a,class\n1,x\nhigh,y\n");
    assertRefused(
        classification(List.of()),
        file
            + ", row 2 below the header, column \"a\": found \"high\"; a number is needed, or the"
            + " column's name in data.categorical");
    Files.writeString(file, "a,class\n1,x\nNaN,y\n");
    assertRefused(
        classification(List.of()),
        file + ", row 2 below the header, column \"a\": found NaN; a finite number is needed");
    Files.writeString(file, "a,class\n1,x\n2,\n");
    assertRefused(
        classification(List.of()),
        file
            + ", row 2 below the header, column \"class\": found an empty cell; fill it or remove"
            + " the row");
    Files.writeString(file, "a,class\n1,x,3\n");
    assertRefused(
        classification(List.of()),
        file + ", row 1 below the header: found 3 cells; the header has 2");
  }

  /** Java's own marks of a number's type, and its hexadecimals. */
  @ParameterizedTest
  @ValueSource(strings = {"1.5f", "2D", "0x1p3", "0x1.8p0f", "1_000", "\u0661"})
  void whatJavaAloneTakesForANumberIsRefused(String cell) throws IOException {
    Files.writeString(file, "a,class\n1,x\n" + cell + ",y\n");
    assertRefused(
        classification(List.of()),
        file
            + ", row 2 below the header, column \"a\": found \""
            + cell
            + "\"; a number is needed, or the column's name in data.categorical");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-1.5", "+.5", "2.", "1e3", "1E-3", "0012"})
  void decimalNumbersAreRead(String cell) throws Exception {
    Files.writeString(file, "a,class\n1,x\n2,x\n" + cell + ",y\n7,y\n");
    try (DataSets sets = new DataSets(folder)) {
      sets.ensureAvailable(classification(List.of()));
    }
  }

  @Test
  void aNulIsRefusedWithItsLineWhereverItStands() throws IOException {
    for (String text :
        new String[] {
          "a,class\n1,x\n2,\0x\n", "a,class\n1,x\n2,x\0\n", "a,class\n1,x\n\0002,y\n"
        }) {
      Files.writeString(file, text);
      assertRefused(
          classification(List.of()),
          "data.file: "
              + file
              + " cannot be read as CSV (line 3: found the character \\u0000, of which text has");
    }
    Files.writeString(file, "a\0,class\n1,x\n");
    assertRefused(
        spec("class", DataSpec.Target.CLASSIFICATION, List.of(), List.of()),
        "data.file: " + file + " cannot be read as CSV (line 1: found");
  }

  @Test
  void anEmptyTableAndASingleClassAreRefused() throws IOException {
    Files.writeString(file, "a,class\n");
    assertRefused(
        classification(List.of()), "data.file: " + file + " has no rows under its header");
    Files.writeString(file, "a,class\n1,x\n2,x\n");
    assertRefused(
        classification(List.of()),
        "data.target: column \"class\" of " + file + " holds one class only; at least two are");
  }

  @Test
  void aValidationClassWithoutTrainingRowsIsRefused() throws IOException {
    // One row of class z: of 4 training rows in 6, largest remainders give it to training or not.
    Files.writeString(file, "a,class\n1,x\n2,x\n3,x\n4,y\n5,y\n6,z\n");
    DataSpec.Csv one = ATable.in(file).parts(Rows.of(1), Rows.of(5)).spec();
    assertRefused(
        one,
        "data: class number 1 (\"y\") has 2 validation rows and no training row; ask for more training"
            + " rows, or merge rare classes");
  }

  @Test
  void moreRowsThanTheTableHasAreRefusedBeforeAnyRun() throws IOException {
    Files.writeString(file, "a,class\n1,x\n2,y\n");
    assertRefused(
        classification(List.of()),
        "data: found train null (all that are left) and validation 2; each part needs a row,"
            + " and there are 2 rows to draw from; ask for other sizes");
  }

  @Test
  void aTargetThatDoesNotVaryHasNoR2() throws IOException {
    Files.writeString(file, "a,price\n1,3\n2,3\n3,3\n4,3\n");
    assertRefused(
        spec("price", DataSpec.Target.REGRESSION, List.of(), List.of()),
        "data.target: all 4 rows have the same value; there is nothing to predict");
    Files.writeString(file, "a,price\n1,3\n2,3\n3,4\n");
    assertRefused(
        spec("price", DataSpec.Target.REGRESSION, List.of(), List.of()),
        "data.train: 1 row in what is to be predicted; R2 needs at least two that differ; ask"
            + " for more rows");
  }

  private void assertRefused(DataSpec spec, String message) {
    try (DataSets sets = new DataSets(folder)) {
      assertThatThrownBy(() -> sets.ensureAvailable(spec))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(message);
    }
  }
}
