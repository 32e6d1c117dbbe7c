package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.command.StandInCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a command said, and the code that it ended with.
 *
 * @param command its arguments
 */
record Said(List<String> command, int code, String out, String err) {
  /** What only a defect prints. */
  private static final Pattern TRACE =
      Pattern.compile(
          "(?m)^\\s+at [\\w.$/]+\\(|Internal error|\\(null\\)|: null$|Out of memory"
              + "|java\\.(io|lang|nio|util)\\.");

  /** A command in this process; where it trains, its workers compute nothing. */
  static Said of(Path memory, String... command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        StandInCommand.execute(
            memory, new PrintWriter(out, true), new PrintWriter(err, true), command);
    return new Said(List.of(command), code, out.toString(), err.toString());
  }

  /** Done, refused, or a sweep in which runs failed; and nothing that only a defect prints. */
  Said sound() {
    assertThat(code).as("exit code of %s", this).isIn(0, 2, 3);
    assertThat(TRACE.matcher(out + "\n" + err).find()).as("a trace in %s", this).isFalse();
    if (refused()) {
      assertThat(err).as("what is wrong, by %s", this).isNotBlank();
    }
    return this;
  }

  boolean refused() {
    return code == 2;
  }

  @Override
  public String toString() {
    return "%s: exit code %d\n--- out\n%s\n--- err\n%s"
        .formatted(String.join(" ", command), code, cut(out), cut(err));
  }

  private static String cut(String text) {
    return text.length() <= 3000 ? text : text.substring(0, 3000) + "...";
  }
}
