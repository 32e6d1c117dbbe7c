package io.shrinklab.sweep;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a worker answers, in any of its threads. When nobody reads it any more, the process ends.
 */
final class WorkerOutput {
  private final PrintStream out;

  /** Lines that are yet to be said. */
  private final StringBuilder held = new StringBuilder();

  private WorkerOutput(PrintStream out) {
    this.out = out;
  }

  /**
   * Takes standard output: from here on a print of a library goes to standard error and not between
   * two messages.
   */
  static WorkerOutput take() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    return new WorkerOutput(out);
  }

  /** Says it at once, after what is held. */
  synchronized void say(Message message) {
    hold(message);
    release();
  }

  /** Says it with the next one that is said, or with the next {@link #release}. */
  synchronized void hold(Message message) {
    held.append(message.line()).append('\n');
  }

  /** Says what is held, in one write. */
  synchronized void release() {
    if (held.isEmpty()) {
      return;
    }
    // The line break before it ends what a native library may have printed without one.
    out.print("\n" + held);
    held.setLength(0);
    if (out.checkError()) {
      System.err.println("Standard output is closed");
      Runtime.getRuntime().halt(1);
    }
  }
}
