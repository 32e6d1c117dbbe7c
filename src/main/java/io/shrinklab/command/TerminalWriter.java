package io.shrinklab.command;

import io.shrinklab.spec.Visible;
import java.io.PrintWriter;

/**
 * The one door from commands to the terminal: whatever they say, the file that they quote cannot
 * move the cursor, colour or hide anything, and what is printed as a line is one.
 */
final class TerminalWriter extends PrintWriter {
  TerminalWriter(PrintWriter terminal) {
    super(terminal, true);
  }

  @Override
  public void println(String line) {
    super.println(Visible.line(String.valueOf(line)));
  }

  @Override
  public void println(Object line) {
    println(String.valueOf(line));
  }

  @Override
  public void write(String text, int from, int length) {
    String visible = Visible.lines(text.substring(from, from + length));
    super.write(visible, 0, visible.length());
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length), 0, length);
  }

  @Override
  public void write(int character) {
    write(String.valueOf((char) character), 0, 1);
  }
}
