package io.shrinklab.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which of this process's streams a person looks at. */
enum Terminals {
  OUTPUT(1),
  ERROR(2);

  private final int descriptor;

  Terminals(int descriptor) {
    this.descriptor = descriptor;
  }

  /** Java knows of a console only when input and output both are one; Linux tells more. */
  @SuppressWarnings("SystemConsoleNull")
  boolean isTerminal() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(link)) {
      try {
        String device = Files.readSymbolicLink(link).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
    return System.console() != null;
  }
}
