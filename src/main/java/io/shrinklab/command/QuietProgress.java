package io.shrinklab.command;

import io.shrinklab.sweep.SweepPlan;
import java.io.PrintStream;

/** For scripts: says what went wrong or what must be known, and not how far the sweep is. */
final class QuietProgress extends SweepProgress {
  private final PrintStream out;

  QuietProgress(PrintStream out, String sweep) {
    super(sweep, System::nanoTime);
    this.out = out;
  }

  @Override
  public void onPlan(SweepPlan plan) {
    // What is planned is no news to a script.
  }

  @Override
  void show(String line) {
    out.println(line);
  }

  @Override
  void changed() {}

  @Override
  public void close() {
    out.flush();
  }
}
