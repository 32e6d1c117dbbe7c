package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.Main;
import io.shrinklab.network.Networks;
import io.shrinklab.penalty.Penalty;
import io.shrinklab.penalty.PenaltyDefinition;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.testing.JavaProcess;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No class that a file names is made, unless someone says that it may be. */
class OwnClassesTest {
  private static final String RAN = "shrinklab.test.ran";

  private static final String NAMED =
      """
      {"data": {"kind": "digits", "train": 20, "validation": 20}, "network": {"kind": "linear"},
       "optimizer": {"kind": "sgd", "learningRate": 1}, "training": {"epochs": 2}, "seeds": 1,
       "variants": [{"name": "none", "penalty": {"kind": "none"}},
                    {"name": "own",
                     "penalty": {"kind": "custom", "className": "%s", "lambda": 0.1}}]}
      """;

  /** A user's own, which says so as soon as any code of it runs. */
  public static final class Spy implements PenaltyDefinition {
    static {
      System.setProperty(RAN, "a penalty");
    }

    @Override
    public Penalty penalty(double lambda) {
      throw new UnsupportedOperationException();
    }
  }

  /** Whatever lies on a class path. */
  public static final class Stranger {
    static {
      System.setProperty(RAN, "a stranger");
    }
  }

  @TempDir private Path folder;
  private Path file;
  private String err = "";

  @BeforeEach
  void nothingRan() throws Exception {
    System.clearProperty(RAN);
    file = write(folder.resolve("given.json"), Spy.class);
  }

  private static Path write(Path file, Class<?> named) throws Exception {
    return Files.writeString(file, NAMED.formatted(named.getName()));
  }

  private int execute(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--results", folder.resolve("results").toString()));
    StringWriter said = new StringWriter();
    int code =
        CommandLineInterface.execute(
            new PrintWriter(new StringWriter()), new PrintWriter(said), all.toArray(String[]::new));
    err = said.toString();
    return code;
  }

  private void assertRefused(String place) {
    assertThat(err)
        .startsWith(file + ": 1 problem\n  " + place + ": found \"" + Spy.class.getName() + "\"")
        .contains("; if you trust it and this file, give --allow-classes\n");
    assertThat(System.getProperty(RAN)).isNull();
    assertThat(folder.resolve("results")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan FILE", "plan FILE --json", "run FILE", "rerun FILE none"})
  void aFileFromElsewhereMakesNoClassUnasked(String command) {
    assertThat(execute(command.replace("FILE", file.toString()).split(" ", -1))).isEqualTo(2);
    assertRefused("variants[1].penalty.className");
  }

  @Test
  void aNetworksAndAGridsClassesAreFoundToo() throws Exception {
    String text = NAMED.formatted("x");
    Files.writeString(
        file,
        text.replace("{\"kind\": \"linear\"}", "{\"kind\": \"custom\", \"className\": \"%s\"}")
            .replace(", {\"name\": \"own\"", "")
            .replaceAll("(?s),\\s*\\{\"name\": \"own\".*", "]}")
            .formatted(Spy.class.getName()));
    assertThat(execute("run", file.toString())).isEqualTo(2);
    assertRefused("network.className");

    Files.writeString(
        file,
        text.replace(" \"className\": \"x\",", "")
            .replace(
                "\"lambda\": 0.1}",
                "\"lambda\": 0.1}, \"grid\": {\"penalty.className\": [\"%s\"]}"
                    .formatted(Spy.class.getName())));
    assertThat(execute("run", file.toString())).isEqualTo(2);
    assertRefused("variants[1].grid[\"penalty.className\"][0]");
  }

  @Test
  void withTheOptionItIsMade() {
    assertThat(execute("plan", file.toString(), "--allow-classes")).as(err).isZero();
    assertThat(System.getProperty(RAN)).isEqualTo("a penalty");
  }

  @Test
  void whoTrainsNothingIsNotAskedAndMakesNone() {
    assertThat(execute("report", file.toString())).isEqualTo(2);
    assertThat(err).startsWith("No stored run in ");
    assertThat(execute("compare", file.toString(), "none", "own")).isEqualTo(2);
    assertThat(err).startsWith("No two stored runs ");
    assertThat(System.getProperty(RAN)).isNull();
  }

  /** In a process of its own, since the folder is that of the working directory. */
  @Test
  void ofTheUsersOwnExperimentsNothingIsAsked() throws Exception {
    write(Files.createDirectory(folder.resolve("experiments")).resolve("mine.json"), Spy.class);
    String tests =
        Path.of(Spy.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    String classes = JavaProcess.classPath() + File.pathSeparator + tests;
    assertThat(JavaProcess.java(folder, classes, Main.class.getName(), "plan", "mine"))
        .contains("0 runs done, 2 to run.", "exit code 0");
  }

  /** Another class's code does not run even where classes are allowed. */
  @Test
  void aClassThatIsNoneOfOursIsNotInitialized() throws Exception {
    write(file, Stranger.class);
    assertThat(execute("plan", file.toString(), "--allow-classes")).isEqualTo(2);
    assertThat(err)
        .contains("variant own: penalty.className: found " + Stranger.class.getName())
        .contains("implements io.shrinklab.penalty.PenaltyDefinition");
    NetworkSpec network = new NetworkSpec.Custom(Stranger.class.getName());
    assertThatThrownBy(() -> Networks.outline(network))
        .hasMessageContaining("implements io.shrinklab.network.NetworkDefinition");
    assertThat(System.getProperty(RAN)).isNull();
  }
}
