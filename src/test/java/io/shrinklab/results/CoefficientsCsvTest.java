package io.shrinklab.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.Coefficient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoefficientsCsvTest {
  @TempDir private Path folder;

  @Test
  void theTruthStandsBesideWhatWasFitted() throws Exception {
    List<Coefficient> rows =
        List.of(
            new Coefficient("x1", 0.75, -1), new Coefficient("x2", 0, 0), new Coefficient("b", 2));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoefficientsCsv.content(rows).writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("feature,coefficient,truth\nx1,0.75,-1.0\nx2,0.0,0.0\nb,2.0,\n");
    Path file = Files.write(folder.resolve("coefficients.csv"), out.toByteArray());
    assertThat(CoefficientsCsv.read(Files.readAllBytes(file))).isEqualTo(rows);
  }

  /** A column of the user's table may have any name; spreadsheets run what begins like these. */
  @Test
  void namesThatBeginLikeFormulasAreNeutralizedAndReadBack() throws Exception {
    List<Coefficient> rows =
        List.of(
            new Coefficient("=cmd|'/C calc'!A1", -0.5, Double.NaN, "+yes"),
            new Coefficient("'=1", 2, Double.NaN, "@no"),
            new Coefficient("-1", 3, Double.NaN, "'quoted'"),
            new Coefficient("a=b", 4, Double.NaN, "-1+1"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CoefficientsCsv.content(rows).writeTo(out);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            feature,coefficient,truth,class
            '=cmd|'/C calc'!A1,-0.5,,'+yes
            ''=1,2.0,,'@no
            -1,3.0,,'quoted'
            a=b,4.0,,'-1+1
            """);
    Path file = Files.write(folder.resolve("coefficients.csv"), out.toByteArray());
    assertThat(CoefficientsCsv.read(Files.readAllBytes(file))).isEqualTo(rows);
  }

  @Test
  void namesThatWereStoredAsTheyAreAreRead() throws Exception {
    Path file = folder.resolve("coefficients.csv");
    Files.writeString(file, "feature,coefficient\n=x,0.5\n'y',1.0\n");
    assertThat(CoefficientsCsv.read(Files.readAllBytes(file)))
        .containsExactly(new Coefficient("=x", 0.5), new Coefficient("'y'", 1));
  }

  @Test
  void filesFromBeforeTheTruthAreRead() throws Exception {
    Path file = folder.resolve("coefficients.csv");
    Files.writeString(file, "feature,coefficient\nbmi,0.5\n");
    assertThat(CoefficientsCsv.read(Files.readAllBytes(file)))
        .containsExactly(new Coefficient("bmi", 0.5));
  }
}
