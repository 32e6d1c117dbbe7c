package io.shrinklab.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What the system grants this process, lowered for good: tests do so in workers. Linux only. */
enum ProcessLimit {
  /** Bytes of address space. */
  ADDRESSES("as"),
  /** Bytes of a file that it writes. */
  FILE_SIZE("fsize");

  private static final String PROGRAM = "/usr/bin/prlimit";

  private final String option;

  ProcessLimit(String option) {
    this.option = option;
  }

  /** Skips a test where limits cannot be set. */
  static void assumeCanBeSet() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(PROGRAM)), PROGRAM + " is not there");
  }

  void set(long bytes) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder(
                PROGRAM,
                "--pid",
                Long.toString(ProcessHandle.current().pid()),
                "--" + option + "=" + bytes)
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException(PROGRAM + " ended with " + code);
    }
  }

  /** Bytes of address space that this process has now. */
  static long addresses() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String size = lines.filter(line -> line.startsWith("VmSize:")).findFirst().orElseThrow();
      return Long.parseLong(size.replaceAll("[^0-9]", "")) * 1024;
    }
  }
}
