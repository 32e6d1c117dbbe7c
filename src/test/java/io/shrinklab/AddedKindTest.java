package io.shrinklab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kind of data, an optimizer and a penalty, added as CONTRIBUTING.md says: a record, a class and
 * a line in the files of its table, compiled over the program.
 */
class AddedKindTest {
  private static final Path MAIN = Path.of("src/main/java/io/shrinklab");

  /** The program with everything. */
  @TempDir private static Path whole;

  /** The program without the lines. */
  @TempDir private static Path withoutLines;

  @TempDir private Path folder;

  /**
   * A new kind.
   *
   * @param of the row of CONTRIBUTING.md's table
   * @param name of the record
   * @param record its source
   * @param made the path of its class
   * @param source of its class
   * @param line before {@code .total()}
   */
  private record Added(
      String of, String name, String record, String made, String source, String line) {}

  private static final List<Added> ADDED =
      List.of(
          new Added(
              "data",
              "Corners",
              """
              /** Four corners of a square, each many times. */
              @Kind("corners")
              @Doc("Four corners of a square; opposite ones are of one class.")
              record Corners(@Nullable Rows train, Rows validation, Split split, double labelNoise)
                  implements DataSpec {
                @Override
                public boolean hasImages() {
                  return false;
                }
              }
              """,
              "data/CornersOfASquare.java",
              """
              package io.shrinklab.data;

              import java.util.List;

              final class CornersOfASquare {
                static Source read() {
                  double[] values = new double[2 * 400];
                  int[] classes = new int[400];
                  for (int row = 0; row < 400; row++) {
                    values[2 * row] = row & 1;
                    values[2 * row + 1] = (row >> 1) & 1;
                    classes[row] = (row ^ (row >> 1)) & 1;
                  }
                  return new Source(
                      new Columns(values, List.of(Scaling.STANDARD, Scaling.STANDARD), List.of("x", "y")),
                      new Classes(classes, 2), 400, 0, "0".repeat(64));
                }
              }
              """,
              """
              .on(
                  DataSpec.Corners.class,
                  spec -> new Origin.Plain(DataSpec.Corners.class, CornersOfASquare::read))
              """),
          new Added(
              "optimizer",
              "Sign",
              """
              /** The gradient's sign. */
              @Kind("sign")
              @Doc("Moves each weight by the learning rate against its gradient's sign.")
              record Sign(double learningRate, LearningRateSchedule schedule)
                  implements OptimizerSpec {
                @Override
                public boolean isPlainDescent() {
                  return false;
                }
              }
              """,
              "training/SignOptimizer.java",
              """
              package io.shrinklab.training;

              import io.shrinklab.penalty.Regularizer;
              import io.shrinklab.tensor.Tensor;
              import java.util.Arrays;
              import java.util.List;

              final class SignOptimizer extends Optimizer {
                private final List<float[][]> signs = newState();
                private final float[] sizes = newPortion();
                private float rate;

                SignOptimizer(List<Tensor> weights, Regularizer regularizer) {
                  super(weights, regularizer);
                }

                @Override
                void startStep(double learningRate) {
                  rate = (float) learningRate;
                }

                @Override
                public void accumulate(double coupledDecay) {
                  float[] sign = portion(signs);
                  for (int i = 0; i < count; i++) {
                    sign[i] = Math.signum((float) (g[i] + coupledDecay * w[i]));
                  }
                }

                @Override
                public void move(double decoupledDecay) {
                  float[] sign = portion(signs);
                  for (int i = 0; i < count; i++) {
                    w[i] -= (float) (rate * (sign[i] + decoupledDecay * w[i]));
                  }
                }

                @Override
                public float[] stepSizes() {
                  Arrays.fill(sizes, rate);
                  return sizes;
                }

                @Override
                void takeIn(float[] before) {}

                @Override
                void dropSubnormals() {}
              }
              """,
              ".on(OptimizerSpec.Sign.class, sign -> new SignOptimizer(weights, regularizer))\n"),
          new Added(
              "penalty",
              "Quartic",
              """
              /** lambda * sum w^4. */
              @Kind("quartic")
              @Doc("lambda * sum w^4, by its gradient.")
              record Quartic(@Doc("The strength.") @Range(min = 0, max = 1e6) Lambda lambda, Scope scope)
                  implements PenaltySpec {
                @Override
                public String family() {
                  return "quartic";
                }

                @Override
                public double strength() {
                  return lambda.value();
                }

                @Override
                public PenaltySpec withScope(Scope other) {
                  return new Quartic(lambda, other);
                }
              }
              """,
              "penalty/QuarticPenalty.java",
              """
              package io.shrinklab.penalty;

              record QuarticPenalty(double lambda) implements Penalty {
                @Override
                public double cost(float[] weights, int count, double scale) {
                  double sum = 0;
                  for (int i = 0; i < count; i++) {
                    sum += Math.pow(weights[i], 4);
                  }
                  return scale * lambda * sum;
                }

                @Override
                public void addGradient(float[] weights, float[] gradient, int count, double scale) {
                  for (int i = 0; i < count; i++) {
                    gradient[i] += (float) (scale * lambda * 4 * Math.pow(weights[i], 3));
                  }
                }
              }
              """,
              """
              .on(
                  PenaltySpec.Quartic.class,
                  quartic -> kind(quartic, (l, group) -> new QuarticPenalty(l), Method.GRADIENT))
              """));

  @BeforeAll
  static void compileOverTheProgram() throws Exception {
    Map<String, List<String>> places = places();
    List<Path> records = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (Added added : ADDED) {
      String specification = places.get(added.of()).get(1);
      String table = places.get(added.of()).get(3);
      records.add(write(specification, withRecord(specification, added)));
      others.add(write(table, withLine(table, added)));
      others.add(write(added.made(), added.source()));
    }
    compile(records, withoutLines);
    compile(Stream.concat(records.stream(), others.stream()).toList(), whole);
  }

  /** CONTRIBUTING.md's table: the cells of each row by its first. */
  private static Map<String, List<String>> places() throws Exception {
    return Files.readString(Path.of("CONTRIBUTING.md"))
        .lines()
        .dropWhile(line -> !line.equals("## A new kind"))
        .skip(4)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> List.of(line.replace("`", "").substring(2).split(" \\| ?", -1)))
        .collect(Collectors.toMap(cells -> cells.get(0), cells -> cells));
  }

  private static String withRecord(String specification, Added added) throws Exception {
    String text = Files.readString(MAIN.resolve(specification));
    String name = specification.replaceAll(".*/|\\.java", "");
    int body = text.indexOf(" {", text.indexOf("permits"));
    int end = text.lastIndexOf('}');
    return text.substring(0, body)
        + ", %s.%s".formatted(name, added.name())
        + text.substring(body, end)
        + added.record()
        + "}";
  }

  private static String withLine(String table, Added added) throws Exception {
    String text = Files.readString(MAIN.resolve(table));
    int end = text.indexOf(".total()");
    assertThat(end).as("the end of the table in %s", table).isPositive();
    return text.substring(0, end) + added.line() + text.substring(end);
  }

  private static Path write(String place, String text) throws Exception {
    Path file = whole.resolve("sources").resolve(place);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void compile(List<Path> files, Path into) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-parameters",
            "-proc:none",
            "-cp",
            classPath(),
            "-d",
            into.toString());
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      boolean right =
          compiler
              .getTask(
                  messages,
                  manager,
                  null,
                  options,
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(right).as(messages.toString()).isTrue();
    }
  }

  private static String classPath() {
    // The test runner's own class path is a jar that only names the real one.
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Test
  void theNewKindsTrainToAReport() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("new.json"),
            """
            {"data": {"kind": "corners", "train": 200, "validation": 100},
             "network": {"kind": "mlp", "hidden": [8]},
             "optimizer": {"kind": "sign", "learningRate": 0.01},
             "training": {"epochs": 3},
             "seeds": 1,
             "variants": [{"penalty": {"kind": "none"}},
                          {"penalty": {"kind": "quartic", "lambda": 0.01}}]}
            """);
    Path output = folder.resolve("output.txt");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                whole + File.pathSeparator + classPath(),
                Main.class.getName(),
                "run",
                file.toString(),
                "--results",
                folder.resolve("results").toString(),
                "--jobs",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    run.getOutputStream().close();
    assertThat(run.waitFor()).as(Files.readString(output)).isZero();
    Path sweep = folder.resolve("results/new");
    assertThat(column(sweep.resolve("runs.csv"), "state"))
        .containsExactly("completed", "completed");
    List<String> penalties = column(sweep.resolve("metrics.csv"), "penalty");
    assertThat(penalties.subList(0, 3)).containsOnly("0.0");
    assertThat(penalties.subList(3, 6)).allMatch(cell -> Double.parseDouble(cell) > 0);
  }

  private static List<String> column(Path file, String name) throws Exception {
    List<String> lines = Files.readAllLines(file);
    int index = List.of(lines.get(0).split(",", -1)).indexOf(name);
    return lines.stream().skip(1).map(line -> line.split(",", -1)[index]).toList();
  }

  @Test
  void theirKeysAreInTheSchema() throws Exception {
    try (URLClassLoader patched = loader(whole)) {
      Class<?> schema = patched.loadClass("io.shrinklab.experiment.ExperimentSchema");
      assertThat((String) schema.getMethod("text").invoke(null))
          .contains("\"const\" : \"corners\"", "\"const\" : \"sign\"", "\"const\" : \"quartic\"")
          .contains("lambda * sum w^4, by its gradient.");
    }
  }

  @Test
  void withoutItsLineEachIsNamed() throws Exception {
    try (URLClassLoader patched = loader(withoutLines)) {
      assertThatThrownBy(() -> Class.forName("io.shrinklab.penalty.Penalties", true, patched))
          .hasRootCauseMessage("no line for io.shrinklab.spec.PenaltySpec$Quartic");
      assertThatThrownBy(
              () ->
                  patched
                      .loadClass("io.shrinklab.data.DataSets")
                      .getConstructor(Path.class)
                      .newInstance((Object) null))
          .hasRootCauseMessage("no line for io.shrinklab.spec.DataSpec$Corners");
      Method of =
          Arrays.stream(patched.loadClass("io.shrinklab.training.Optimizer").getDeclaredMethods())
              .filter(method -> method.getName().equals("of"))
              .findFirst()
              .orElseThrow();
      of.setAccessible(true);
      assertThatThrownBy(() -> of.invoke(null, null, List.of(), null))
          .hasRootCauseMessage("no line for io.shrinklab.spec.OptimizerSpec$Sign");
    }
  }

  /** The program with some of its classes patched, beside the one that runs this test. */
  private static URLClassLoader loader(Path patch) throws Exception {
    List<URL> places = new ArrayList<>();
    for (String place : (patch + File.pathSeparator + classPath()).split(File.pathSeparator, -1)) {
      places.add(Path.of(place).toUri().toURL());
    }
    return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
