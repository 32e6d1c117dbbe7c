package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.testing.ATable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** The library's own trim takes every control character for a space. */
  @Test
  void whatIsNoSpaceIsAPartOfItsCell() throws Exception {
    Files.writeString(file, "a,class\n1,x\n2, x\t\n3,x\u0001\n4,x\u0001\n5,\u001fx\n6,\u001fx\n");
    try (DataSets sets = new DataSets(folder)) {
      DataSpec spec = classification(List.of());
      sets.ensureAvailable(spec);
      Source read = sets.origins.get(spec).readWithoutEngine();
      assertThat(read.labels().outputs()).isEqualTo(3);
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
        "data: found class number 1 (\"y\") in 2 validation rows and in no training row; ask for more training"
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
        "data.target: found the same value in all 4 rows; there is nothing to predict");
    Files.writeString(file, "a,price\n1,3\n2,3\n3,4\n");
    assertRefused(
        spec("price", DataSpec.Target.REGRESSION, List.of(), List.of()),
        "data.train: found 1 row in what is to be predicted; R2 needs at least two that differ; ask"
            + " for more rows");
  }

  @Test
  void pointsInTimeAndLargeTargetsKeepTheirDifferences(NDManager manager) throws Exception {
    StringBuilder text = new StringBuilder("t,y\n");
    for (int i = 0; i < 299; i++) {
      text.append(1_700_000_000L + i).append(',').append(1_690_000_000.25 + 3 * i).append('\n');
    }
    Files.writeString(file, text);
    try (DataSets sets = new DataSets(folder)) {
      DataSplit split =
          sets.split(ATable.in(file).numberOf("y").parts(null, Rows.of(50)).spec(), 1, manager);
      float[] x = split.train().features().toFloatArray();
      float[] y = split.train().labels().toFloatArray();
      // y is linear in t, so both are one column once they are standardized.
      assertThat(x).hasSize(249).doesNotHaveDuplicates();
      for (int i = 0; i < x.length; i++) {
        assertThat(y[i]).isCloseTo(x[i], within(1e-6f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e39", "-1e-320", "1.7e308", "16777217", "4.9e-324"})
  void allOfDoubleIsRead(String number) throws Exception {
    Files.writeString(file, "a,y\n" + number + ",1\n0,2\n0,3\n" + number + ",4\n");
    try (DataSets sets = new DataSets(folder)) {
      sets.ensureAvailable(ATable.in(file).numberOf("y").spec());
    }
    Files.writeString(file, "a,y\n1," + number + "\n2,0\n3,0\n4," + number + "\n");
    try (DataSets sets = new DataSets(folder)) {
      sets.ensureAvailable(ATable.in(file).numberOf("y").spec());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "nan", "-Infinity", "inf", "1e309"})
  void whatIsNotFiniteIsRefused(String cell) throws IOException {
    Files.writeString(file, "a,class\n1,x\n" + cell + ",y\n");
    assertRefused(
        classification(List.of()),
        file + ", row 2 below the header, column \"a\": found " + cell + "; a finite number is");
  }

  /** Rows that differ by less than float32 can tell are others; 0 and -0 are one number. */
  @Test
  void equalRowsAreEqualAsTheyWereWritten(NDManager manager) throws Exception {
    Files.writeString(file, "t,y\n1700000000,1\n1700000001,2\n1700000002,3\n1700000003,4\n");
    try (DataSets sets = new DataSets(folder)) {
      assertThat(sets.split(ATable.in(file).numberOf("y").spec(), 1, manager).equalRows())
          .isEqualTo(new EqualRows(0, 0));
    }
    Files.writeString(file, "t,y\n0,1\n-0,2\n0.0,3\n-0e5,4\n");
    try (DataSets sets = new DataSets(folder)) {
      assertThat(sets.split(ATable.in(file).numberOf("y").spec(), 1, manager).equalRows())
          .isEqualTo(new EqualRows(2, 0));
    }
  }

  @Test
  void allBadCellsAreCountedColumnByColumn() throws IOException {
    Files.writeString(file, "a,b,class\n1,,x\n,2,x\n,NA,y\n,,\n1,2\n1,2,y\n" + ",1,x\n".repeat(4));
    assertRefused(
        classification(List.of()),
        "data.file: "
            + file
            + ": 12 cells or rows cannot be used\n"
            + "  row 1 below the header, column \"b\": found an empty cell; fill it or remove the"
            + " row, or write \"missing\": \"drop-rows\" or \"impute\" into data; 2 such cells in"
            + " the column: rows 1, 4\n"
            + "  row 2 below the header, column \"a\": found an empty cell; fill it or remove the"
            + " row, or write \"missing\": \"drop-rows\" or \"impute\" into data; 7 such cells in"
            + " the column: rows 2, 3, 4, 7, 8, ...\n"
            + "  row 3 below the header, column \"b\": found \"NA\"; a number is needed, or the"
            + " column's name in data.categorical; where it says that a value is missing, write"
            + " \"missing\": \"drop-rows\" or \"impute\" into data\n"
            + "  row 4 below the header, column \"class\": found an empty cell; fill it or remove"
            + " the row, or write \"missing\": \"drop-rows\" into data\n"
            + "  row 5 below the header: found 2 cells; the header has 3");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName(NDManager manager) throws Exception {
    Files.writeString(file, "\uFEFFclass,a\nx,1\ny,2\nx,3\ny,4\n");
    try (DataSets sets = new DataSets(folder)) {
      assertThat(sets.split(classification(List.of()), 1, manager).features()).containsExactly("a");
    }
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Files.writeString(file, "\uFEFFclass,a\nx,1\n", charset);
      assertRefused(
          classification(List.of()), "data.file: " + file + " is UTF-16; save it as UTF-8");
    }
    Files.writeString(file, "class,a\n\u00e4,1\n", StandardCharsets.ISO_8859_1);
    assertRefused(
        classification(List.of()), "data.file: " + file + " is not UTF-8; save it as such");
    // Far behind what is read at once.
    Files.writeString(
        file, "class,a\n" + "x,1\n".repeat(20_000) + "\u00e4,1\n", StandardCharsets.ISO_8859_1);
    assertRefused(
        classification(List.of()), "data.file: " + file + " is not UTF-8; save it as such");
  }

  @Test
  void allThatIsWrongWithTheHeaderIsSaid() throws IOException {
    Files.writeString(file, "a,class,a,,class\n1,x,2,3,y\n");
    assertRefused(
        classification(List.of("z")),
        "data.file: columns 1 and 3 of "
            + file
            + " are both named \"a\"; rename one\n"
            + "data.file: column 4 of "
            + file
            + " has no name; give it one, or remove it\n"
            + "data.file: columns 2 and 5 of "
            + file
            + " are both named \"class\"; rename one\n"
            + "data.categorical: found \"z\"; the columns of ");
    Files.writeString(file, "a;class\n1;x\n");
    assertRefused(
        classification(List.of()),
        "data.target: found \"class\"; the columns of "
            + file
            + " are a;class; is it one column, or is the separator another? Then write"
            + " \"separator\": \";\" into data");
  }

  /** As many as a person reads at once; the others are counted. */
  @Test
  void aHeaderOfManyNamesIsRefusedInAFewLines() throws IOException {
    Files.writeString(file, "class" + ",same".repeat(200_000) + "\n");
    assertThatThrownBy(
            () -> new UserTable(classification(List.of()), new UserFile(file, "")).read())
        .message()
        .startsWith(
            "data.file: columns 2 and 3 of " + file + " are both named \"same\"; rename one\n")
        .endsWith("\nand 199989 more of the like")
        .hasLineCount(11);
  }

  @Test
  void aQuantityIsNoClass() throws IOException {
    StringBuilder text = new StringBuilder("a,class\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(',').append(i % 25 / 10.0).append('\n');
    }
    Files.writeString(file, text);
    assertRefused(
        classification(List.of()),
        "data.target: column \"class\" of "
            + file
            + " holds 25 different numbers in 100 rows, too many for classes; to predict a number"
            + " write \"task\": \"regression\" into data");
    Files.writeString(file, "a,class\n1,7\n2,7\n3,7\n4,8\n5,8\n6,9\n");
    assertRefused(
        ATable.in(file).parts(Rows.of(1), Rows.of(5)).spec(),
        "data: found class number 1 (\"8\") in 2 validation rows and in no training row; ask for more"
            + " training rows, or merge rare classes; to predict a number write \"task\":"
            + " \"regression\" into data");
  }

  @Test
  void aTextIsNoQuantity() throws IOException {
    Files.writeString(file, "a,price\n1,3\n2,cheap\n3,4\n");
    assertRefused(
        ATable.in(file).numberOf("price").spec(),
        file
            + ", row 2 below the header, column \"price\": found \"cheap\"; a number is needed,"
            + " since \"task\" is \"regression\"; for classes write \"classification\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "~,~ ! . ! \" ! ~a,class%n1.5,\"x,y\"%n2,z%n3.25,\"x,y\"%n4,z%n~",
        "; ! ~,~ ! \" ! ~a;class%n1,5;\"x;y\"%n2;z%n3,25;\"x;y\"%n4;z%n~",
        "~\t~ ! . ! '' ! ~a\tclass%n1.5\t'x\ty'%n2\tz%n3.25\t'x\ty'%n4\tz%n~",
        "| ! ~,~ ! ' ! ~a|class%n1,5|'x|y'%n2|z%n3,25|'x|y'%n4|z%n~",
      })
  void tablesAreReadHoweverTheyAreWritten(
      String separator, String decimal, String quote, String text) throws Exception {
    Files.writeString(file, text.formatted().replace("\\t", "\t"));
    DataSpec.Csv spec =
        ATable.in(file)
            .signs(separator.replace("\\t", "\t"), decimal, quote.substring(0, 1))
            .spec();
    Source source = new UserTable(spec, new UserFile(file, "")).read();
    assertThat(((Columns) source.features()).values()).containsExactly(1.5, 2, 3.25, 4);
    assertThat(((Classes) source.labels()).names()).hasSize(2).contains("z");
  }

  @Test
  void aPointIsNoDecimalCommaAndTheOtherWayRound() throws IOException {
    Files.writeString(file, "a;class\n1.234,5;x\n1.5;y\n");
    assertRefused(
        ATable.in(file).signs(";", ",", "\"").spec(),
        "data.file: " + file + ": 2 cells or rows cannot be used\n  row 1 below the header");
    Files.writeString(file, "a;class\n1;x\n1,5;y\n");
    assertRefused(
        ATable.in(file).signs(";", ".", "\"").spec(),
        file
            + ", row 2 below the header, column \"a\": found \"1,5\"; a number is needed, or the"
            + " column's name in data.categorical; where a comma stands before decimals, write"
            + " \"decimal\": \",\" into data");
  }

  private Source read(ATable table) throws DataException {
    return new UserTable(table.spec(), new UserFile(file, "")).read();
  }

  @Test
  void rowsWithAMissingValueAreLeftOutWhereOneOfTheirColumnsIsUsed() throws Exception {
    Files.writeString(file, "a,b,c,class\n1,?,u,x\nNA,1,u,y\n3,1,,x\n4,1,u,\n5,,u,y\n6,?,v,x\n");
    Source source =
        read(
            ATable.in(file).columns("a", "c").categorical("c").missing(DataSpec.Missing.DROP_ROWS));
    assertThat(((Columns) source.features()).values())
        .containsExactly(1, 1, 0, /**/ 5, 1, 0, /**/ 6, 0, 1);
    assertThat(source.features().names()).containsExactly("a", "c=u", "c=v");
    assertThat(source.table().numbers()).containsExactly(1, 5, 6);
    assertThat(source.table().dropped()).isEqualTo(3);
    assertThat(((Classes) source.labels()).values()).containsExactly(0, 1, 0);
  }

  @Test
  void missingNumbersAreTheTrainingMeanAndMissingCategoriesTheirOwn() throws Exception {
    Files.writeString(file, "a,c,class\n1,10,x\n,9,y\n3,none,x\n100,,y\n");
    Source source = read(ATable.in(file).categorical("c").missing(DataSpec.Missing.IMPUTE, "none"));
    assertThat(source.features().names()).containsExactly("a", "c=9", "c=10", "c=");
    assertThat(((Columns) source.features()).values())
        .containsExactly(1, 0, 1, 0, /**/ Double.NaN, 1, 0, 0, /**/ 3, 0, 0, 1, /**/ 100, 0, 0, 1);
    // Of the first three rows 1 and 3 have a mean of 2, which the second one gets: 0 once centred.
    Features fitted = source.features().fitted(new int[] {0, 1, 2});
    assertThat(fitted.scales().get(0).mean()).isEqualTo(2);
    assertThat(fitted.scales().get(0).of(Double.NaN)).isZero();
  }

  @Test
  void aMissingTargetIsNeverMadeUp() throws IOException {
    Files.writeString(file, "a,y\n1,2\n2,NA\n3,\n4,1\n");
    assertRefused(
        ATable.in(file).numberOf("y").missing(DataSpec.Missing.IMPUTE).spec(),
        file
            + ", row 2 below the header, column \"y\": found \"NA\"; fill it or remove the row, or"
            + " write \"missing\": \"drop-rows\" into data; 2 such cells in the column: rows 2, 3");
    Files.writeString(file, "a,y\n,2\n2,NA\n");
    assertRefused(
        ATable.in(file).numberOf("y").missing(DataSpec.Missing.DROP_ROWS).spec(),
        "data.file: " + file + ": each of its 2 rows lacks a value; leave columns out, or write");
  }

  @Test
  void patientsAreInOnePartEachAndNothingIsPredictedFromTheirName(NDManager manager)
      throws Exception {
    StringBuilder text = new StringBuilder("patient,a,class\n");
    for (int row = 0; row < 60; row++) {
      // A row's number, from which its patient can be told.
      text.append("p")
          .append(row / 3)
          .append(',')
          .append(row)
          .append(',')
          .append("xy", row % 2, row % 2 + 1)
          .append('\n');
    }
    Files.writeString(file, text);
    DataSpec.Csv spec = ATable.in(file).group("patient").parts(Rows.of(30), Rows.of(15)).spec();
    try (DataSets sets = new DataSets(folder)) {
      for (long seed = 0; seed < 5; seed++) {
        DataSplit split = sets.split(spec, seed, manager);
        assertThat(split.features()).containsExactly("a");
        assertThat(split.sizes()).isEqualTo(new PartSizes(30, 15, 15, 60, 0));
        assertThat(sets.drawn(spec, seed).orElseThrow())
            .isEqualTo(new DrawnParts(split.sizes(), 20, 0));
      }
    }
    assertRefused(
        ATable.in(file).group("patient").parts(Rows.of(59), Rows.of(1)).spec(),
        "data.validation: found 1 rows, and no group came near with seed 0: parts take whole"
            + " groups, of which there are 20 in 60 rows; ask for more rows");
    assertRefused(
        ATable.in(file).group("who").spec(), "data.group: found \"who\"; the columns of " + file);
    Files.writeString(file, "patient,a,class\np,1,x\np,2,y\np,3,x\n,4,y\n");
    assertRefused(
        ATable.in(file).group("patient").spec(),
        file + ", row 4 below the header, column \"patient\": found an empty cell; fill it or");
    Files.writeString(file, "patient,a,class\np,1,x\np,2,y\np,3,x\np,4,y\n");
    assertRefused(
        ATable.in(file).group("patient").spec(),
        "data.group: column \"patient\" of " + file + " holds one value only");
  }

  private void assertRefused(DataSpec spec, String message) {
    try (DataSets sets = new DataSets(folder)) {
      assertThatThrownBy(() -> sets.ensureAvailable(spec))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(message);
    }
  }
}
