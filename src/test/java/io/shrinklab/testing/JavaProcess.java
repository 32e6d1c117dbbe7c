package io.shrinklab.testing;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What a stranger to the tests compiles and runs: the program's classes and its libraries. */
public final class JavaProcess {
  /**
   * As Maven's own virtual machine is started ({@code .mvn/jvm.config}): starting is what costs.
   */
  public static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private JavaProcess() {}

  /** The program's own classes and its libraries, without those of the tests. */
  public static String classPath() {
    // The test runner's own class path is a jar that only names the real one.
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator, -1))
        .filter(place -> !Path.of(place).endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Compiles files with all of the compiler's warnings.
   *
   * @return what the compiler said; empty when nothing
   */
  public static String compile(List<Path> files, Path into) throws IOException {
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-Xlint:all,-processing,-classfile",
            "-proc:none",
            "-cp",
            classPath(),
            "-d",
            Files.createDirectories(into).toString());
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var sources = manager.getJavaFileObjectsFromPaths(files);
      boolean right = compiler.getTask(said, manager, null, options, null, sources).call();
      return right ? said.toString() : "not compiled: " + said;
    }
  }

  /**
   * Runs a program to its end.
   *
   * @param directory that it starts in
   * @return what it said, and a last line with its exit code
   */
  public static List<String> run(Path directory, List<String> command) throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    int code = process.waitFor();
    List<String> lines = new ArrayList<>(Files.readAllLines(output));
    lines.add("exit code " + code);
    return lines;
  }

  /** Runs a class's main method. */
  public static List<String> java(Path directory, String classPath, String... mainAndArguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(mainAndArguments));
    return run(directory, command);
  }
}
