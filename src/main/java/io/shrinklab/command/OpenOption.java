package io.shrinklab.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether a page is shown in the browser once it is written. */
final class OpenOption {
  @Option(names = "--open", description = "Open the report in the browser when it is written.")
  private boolean open;

  /** Shows the page if that was asked for; that it can't be shown is said, and no failure. */
  void show(Path page, PrintWriter out) {
    if (!open) {
      return;
    }
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    try {
      new ProcessBuilder(program(system, page.toUri().toString()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      out.println("--open: no program here opens pages (" + e.getMessage() + "); open the file");
    }
  }

  /** What each system opens an address with. */
  static List<String> program(String system, String address) {
    if (system.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    return List.of(system.startsWith("mac") ? "open" : "xdg-open", address);
  }
}
