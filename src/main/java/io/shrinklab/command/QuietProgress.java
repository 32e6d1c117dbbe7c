package io.shrinklab.command;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Visible;
import io.shrinklab.sweep.SweepListener;
import io.shrinklab.sweep.SweepSummary;
import java.io.PrintStream;

/** For scripts: says what went wrong or what must be known, and not how far the sweep is. */
record QuietProgress(PrintStream out) implements SweepListener {
  @Override
  public void onNotice(String text) {
    out.println(Visible.line("note: " + text));
  }

  @Override
  public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    if (status == RunStatus.FAILED) {
      out.println(Visible.line("FAILED " + spec.label() + ": " + reason));
    }
  }

  @Override
  public void onInterrupted(SweepSummary summary) {
    out.println("Stopped. " + summary.text());
  }
}
