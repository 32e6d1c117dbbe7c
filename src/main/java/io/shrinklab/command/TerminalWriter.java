package io.shrinklab.command;

import io.shrinklab.spec.Visible;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi.IStyle;

/**
 * The one door from commands to the terminal: whatever they say, the file that they quote cannot
 * move the cursor, colour or hide anything, and what is printed as a line is one.
 */
final class TerminalWriter extends PrintWriter {
  private boolean coloured;

  TerminalWriter(PrintWriter terminal) {
    super(terminal, true);
  }

  /** Whether what is printed in a style of ours has it; without this, nothing has. */
  void setColoured(boolean coloured) {
    this.coloured = coloured;
  }

  /** Prints text whose style is ours, and whose characters are as harmless as all others. */
  void print(String text, IStyle style) {
    control(style.on());
    print(text);
    control(style.off());
  }

  private void control(String sequence) {
    if (coloured) {
      super.write(sequence, 0, sequence.length());
    }
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
