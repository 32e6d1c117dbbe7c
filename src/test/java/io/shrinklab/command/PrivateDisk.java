package io.shrinklab.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system in memory that is really as small, or as unwritable, as a test needs it. It is
 * mounted where only the processes started here see it, which Linux lets any user do.
 */
final class PrivateDisk implements AutoCloseable {
  private final Path root;
  private final Process shell;
  private final OutputStream in;
  private final BufferedReader out;

  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param text both of its outputs
   */
  record Said(int code, String text) {}

  private PrivateDisk(Path root, Process shell) {
    this.root = root;
    this.shell = shell;
    this.in = shell.getOutputStream();
    this.out = shell.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Mounts one, or skips the test where that is not permitted.
   *
   * @param root a folder, for what the commands print and for the file system itself
   */
  static PrivateDisk mount(Path root) throws IOException {
    Files.createDirectories(root.resolve("disk"));
    ProcessBuilder builder =
        new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh")
            .redirectError(ProcessBuilder.Redirect.appendTo(root.resolve("shell.txt").toFile()));
    // Starting is what costs here; the workers hear of it, too.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    builder
        .environment()
        .put(
            "CLASSPATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process shell = null;
    try {
      shell = builder.start();
    } catch (IOException e) {
      Assumptions.abort("No file system of the test's own: " + e.getMessage());
    }
    PrivateDisk disk = new PrivateDisk(root, shell);
    Said mounted = disk.run("mount", "-t", "tmpfs", "tmpfs", disk.path().toString());
    if (mounted.code() != 0) {
      disk.close();
      Assumptions.abort(
          "No file system of the test's own can be mounted here: "
              + mounted.text()
              + Files.readString(root.resolve("shell.txt")));
    }
    return disk;
  }

  /** Where it is; to this process an empty folder. */
  Path path() {
    return root.resolve("disk");
  }

  /** Makes it larger or smaller, but not smaller than what is in it. */
  void resize(long kibibytes) throws IOException {
    remount("rw,size=" + kibibytes + "k");
  }

  /** Forbids every change, until it is resized. */
  void makeReadOnly() throws IOException {
    remount("ro");
  }

  private void remount(String options) throws IOException {
    // With the source, too: else the program adds options of before that name the user's number,
    // which has no meaning here.
    require("mount", "-t", "tmpfs", "-o", "remount," + options, "tmpfs", path().toString());
  }

  /** The kibibytes that files and folders take, together. */
  long size(Path... files) throws IOException {
    String text =
        require(
            Stream.concat(
                    Stream.of("du", "-c", "-k", "-s"), Arrays.stream(files).map(Path::toString))
                .toArray(String[]::new));
    String total = text.substring(text.lastIndexOf('\n', text.length() - 2) + 1);
    return Long.parseLong(total.replaceAll("\\D", ""));
  }

  /** Runs a command that must succeed; gives back what it printed. */
  String require(String... command) throws IOException {
    Said said = run(command);
    if (said.code() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.text());
    }
    return said.text();
  }

  /** Runs a command to its end. */
  Said run(String... command) throws IOException {
    Path said = root.resolve("said.txt");
    String line =
        Arrays.stream(command)
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "", " > '" + said + "' 2>&1 < /dev/null; echo $?\n"));
    try {
      in.write(line.getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      return new Said(-1, "the shell ended");
    }
    String code = out.readLine();
    return code == null
        ? new Said(-1, "the shell ended")
        : new Said(Integer.parseInt(code), Files.readString(said));
  }

  /** The file system goes with its last process. */
  @Override
  public void close() throws IOException {
    shell.destroyForcibly();
  }
}
