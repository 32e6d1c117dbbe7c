package io.shrinklab.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster on this machine's loopback: a master and workers of one core each, from the
 * jars that the tests have.
 */
final class LoopbackCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path root;
  private final Path home;
  private final List<Path> ours;
  private final int port = freePort();
  private final int pagePort = freePort();
  private final Process master;
  private final List<Process> workers = new ArrayList<>();
  private final List<Process> drivers = new ArrayList<>();

  LoopbackCluster(Path root) throws IOException {
    this.root = root;
    this.home = Path.of("target", "spark-home").toAbsolutePath();
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    List<Path> given =
        Arrays.stream(System.getProperty("shrinklab.jars").split(",", -1)).map(Path::of).toList();
    this.ours = new ArrayList<>(given);
    ours.add(0, jar(classPath, root.resolve("shrinklab.jar")));
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar : classPath) {
      if (jar.toString().endsWith(".jar") && !given.contains(jar)) {
        link(jars.resolve(jar.getFileName()), jar);
      }
    }
    // What both need, in the versions of the one class path that there is here.
    for (Path jar : given) {
      String name = jar.getFileName().toString();
      if (name.matches("(jackson|slf4j|commons|gson|jline|jspecify).*")) {
        link(jars.resolve(name), jar);
      }
    }
    master =
        daemon(
            "master",
            Map.of(),
            "org.apache.spark.deploy.master.Master",
            "--host",
            HOST,
            "--port",
            "" + port,
            "--webui-port",
            "" + pagePort);
  }

  private static void link(Path link, Path jar) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, jar);
    }
  }

  /** The classes under test, as an executor fetches them. */
  private static Path jar(List<Path> classPath, Path jar) throws IOException {
    Path classes =
        classPath.stream().filter(path -> path.endsWith("classes")).findFirst().orElseThrow();
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar;
  }

  String address() {
    return "spark://" + HOST + ":" + port;
  }

  String page() {
    return "http://" + HOST + ":" + pagePort;
  }

  /** Starts a worker of one core. */
  void worker(Map<String, String> environment) throws IOException {
    worker(environment, HOST);
  }

  /** The same under another name of this machine, which makes it another host. */
  void worker(Map<String, String> environment, String host) throws IOException {
    int number = workers.size() + 1;
    Process worker =
        daemon(
            "worker-" + number,
            environment,
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            host,
            "--port",
            "" + freePort(),
            "--webui-port",
            "" + freePort(),
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            work(number).toString(),
            address());
    workers.add(worker);
    await("worker " + number + " registers", () -> log("worker-" + number).contains("Successfully registered"));
  }

  /** Kills all its daemons, and with them the executors. */
  void killAll() {
    master.destroyForcibly();
    workers.forEach(Process::destroyForcibly);
  }

  /** Kills the daemon of a worker, counted from 1. */
  void kill(int worker) {
    workers.get(worker - 1).destroyForcibly();
  }

  /** Where the executors of a worker, counted from 1, have their folders. */
  Path work(int worker) {
    return root.resolve("work-" + worker);
  }

  private Process daemon(String name, Map<String, String> environment, String... main)
      throws IOException {
    List<String> command = java(JavaModuleOptions.defaultModuleOptionArray());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", home.resolve("jars") + "/*"));
    command.addAll(List.of(main));
    return start(name, environment, command);
  }

  /** Starts the command line with this cluster; what it prints goes to a file. */
  Process drive(String name, List<String> options, String... arguments) throws IOException {
    List<String> command = java(System.getProperty("shrinklab.opens").split(" ", -1));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dspark.driver.host=" + HOST,
            "-Dspark.driver.bindAddress=" + HOST,
            "-Dspark.ui.enabled=false",
            "-Dspark.executor.memory=512m",
            "-Dspark.executor.cores=1",
            "-Dshrinklab.jars=" + String.join(",", ours.stream().map(Path::toString).toList()),
            "io.shrinklab.Main"));
    command.addAll(List.of(arguments));
    Process driver =
        start(name, Map.of("CLASSPATH", System.getProperty("java.class.path")), command);
    drivers.add(driver);
    return driver;
  }

  private static List<String> java(String[] options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    return command;
  }

  private Process start(String name, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("SPARK_PUBLIC_DNS", HOST);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(root.resolve(name + ".log").toFile()));
    return builder.start();
  }

  /** What a process of that name has printed. */
  String log(String name) {
    try {
      Path log = root.resolve(name + ".log");
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** The executors that live, or the workers of ours that they have started. */
  static List<ProcessHandle> processes(String mainClass, Path under) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(mainClass))
        .filter(process -> belongs(process, under))
        .toList();
  }

  private static boolean belongs(ProcessHandle process, Path under) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", "" + process.pid(), "cwd")).startsWith(under);
    } catch (IOException e) {
      return false;
    }
  }

  static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Waited in vain until " + what);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    drivers.forEach(Process::destroyForcibly);
    workers.forEach(Process::destroyForcibly);
    master.destroyForcibly();
    LoopbackCluster.processes("", root).forEach(ProcessHandle::destroyForcibly);
  }
}
