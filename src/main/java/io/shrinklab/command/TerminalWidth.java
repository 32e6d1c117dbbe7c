package io.shrinklab.command;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** How many characters a row of this process's terminal holds, now: people resize windows. */
final class TerminalWidth implements IntSupplier {
  /** Of a terminal that does not tell, as has been usual since punched cards. */
  private static final int UNKNOWN = 80;

  private final @Nullable Terminal terminal = open();

  private static @Nullable Terminal open() {
    try {
      return TerminalBuilder.builder()
          .systemOutput(TerminalBuilder.SystemOutput.SysErrOrSysOut)
          .dumb(true)
          // Otherwise it resets the handlers of signals, and Ctrl-C would end this process without
          // the shutdown hook that stops a sweep.
          .nativeSignals(false)
          .build();
    } catch (IOException | IllegalStateException e) {
      return null;
    }
  }

  /** One character less than the row, since some terminals wrap when the last one is written. */
  @Override
  public int getAsInt() {
    int width = terminal == null ? 0 : terminal.getWidth();
    return (width > 0 ? width : UNKNOWN) - 1;
  }
}
