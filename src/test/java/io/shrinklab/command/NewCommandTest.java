package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int write(String... args) {
    List<String> all = new ArrayList<>(List.of("new"));
    all.addAll(List.of(args));
    all.addAll(List.of("--experiments", folder.resolve("experiments").toString()));
    return CommandLineInterface.execute(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private JsonNode written(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve("experiments/" + name + ".json").toFile());
  }

  private String table(String header, IntFunction<String> row) throws IOException {
    List<String> lines = IntStream.range(0, 200).mapToObj(row).toList();
    Path file = folder.resolve("table.csv");
    Files.writeString(file, header + "\n" + String.join("\n", lines) + "\n");
    return file.toString();
  }

  private static List<String> names(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).asText()).toList();
  }

  @Test
  void writesAnExperimentOnTheDigitsAndPlansIt() throws Exception {
    assertThat(write("first")).as("%s", err).isZero();

    assertThat(written("first").at("/data/kind").asText()).isEqualTo("digits");
    // Nothing, decoupled decay, and four lambdas of L1 and L2 each, with ten seeds.
    assertThat(out.toString()).contains("Written: ", "first: 10 variants x 10 seeds = 100 runs");
  }

  @Test
  void aTableOfPricesIsARegressionWithCategories() throws Exception {
    String csv =
        table(
            "id,district,area,comment,price,country",
            i ->
                "%d,%s,%.1f,note %d,%.2f,CH"
                    .formatted(
                        i + 1, i % 3 == 0 ? "old town" : "hill", 50 + i * 0.7, i, 1e5 + 997.5 * i));

    assertThat(write("houses", "--csv", csv, "--target", "price")).as("%s", err).isZero();

    JsonNode data = written("houses").get("data");
    assertThat(data.get("task").asText()).isEqualTo("regression");
    assertThat(names(data.get("columns"))).containsExactly("district", "area");
    assertThat(names(data.get("categorical"))).containsExactly("district");
    assertThat(data.has("separator")).isFalse();
    assertThat(data.has("missing")).isFalse();
    assertThat(written("houses").get("description").asText())
        .contains(
            "id (counts the rows)",
            "comment (text that differs from row to row)",
            "country (one value in all rows)",
            "Regression");
  }

  @Test
  void aTableOfDecimalCommasWithGapsIsAClassification() throws Exception {
    String csv =
        table(
            "dose;sex;relapse",
            i ->
                String.format(Locale.GERMANY, "%.2f", 0.1 * (i * 7 % 200))
                    + ";"
                    + (i % 10 == 0 ? "" : i % 2 == 0 ? "f" : "m")
                    + ";"
                    + i % 2);

    assertThat(write("clinic", "--csv", csv, "--target", "relapse")).as("%s", err).isZero();

    JsonNode data = written("clinic").get("data");
    assertThat(data.get("task").asText()).isEqualTo("classification");
    assertThat(data.get("separator").asText()).isEqualTo(";");
    assertThat(data.get("decimal").asText()).isEqualTo(",");
    assertThat(data.get("missing").asText()).isEqualTo("impute");
    assertThat(names(data.get("categorical"))).containsExactly("sex");
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Path file = folder.resolve("experiments/mine.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "precious");

    assertThat(write("mine")).isEqualTo(2);

    assertThat(err.toString()).contains(file.toString(), "is there already", "another name");
    assertThat(file).hasContent("precious");
  }

  @Test
  void badInputWritesNothingAndSaysWhatIsAllowed() throws Exception {
    String csv = table("a,b", i -> i + "," + i % 7 * 1.5);

    assertThat(write("../out")).isEqualTo(2);
    assertThat(write("x", "--target", "a")).isEqualTo(2);
    assertThat(write("x", "--csv", csv)).isEqualTo(2);
    assertThat(write("x", "--csv", csv, "--target", "bb")).isEqualTo(2);
    assertThat(write("x", "--csv", csv + ".gone", "--target", "b")).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "NAME: found \"../out\"; needs",
            "--target: names a column of a table; give its file with --csv too",
            "--csv: which column is to be predicted? Name it with --target",
            "--target: found \"bb\"; the columns of",
            "are a, b",
            "--csv: found no file");
    assertThat(folder.resolve("experiments")).doesNotExist();
  }

  @Test
  void eachSystemOpensAPageWithItsOwnProgram() {
    assertThat(OpenOption.program("linux", "file:///r.html"))
        .containsExactly("xdg-open", "file:///r.html");
    assertThat(OpenOption.program("mac os x", "file:///r.html"))
        .containsExactly("open", "file:///r.html");
    assertThat(OpenOption.program("windows 11", "file:///r.html"))
        .containsExactly("rundll32", "url.dll,FileProtocolHandler", "file:///r.html");
  }
}
