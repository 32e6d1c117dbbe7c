package io.shrinklab.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** For logs and pipes: a line every few seconds, and nothing that moves. */
final class PlainProgress extends SweepProgress {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final PrintStream out;
  private long last;

  PlainProgress(PrintStream out, String sweep, LongSupplier nanos) {
    super(sweep, nanos);
    this.out = out;
    this.last = nanos.getAsLong();
  }

  @Override
  void show(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  void changed() {
    long now = nanos();
    if (now - last < INTERVAL) {
      return;
    }
    last = now;
    List<String> parts = new ArrayList<>();
    parts.add(over() + " of " + runs() + " runs done");
    if (!failuresText().isEmpty()) {
      parts.add(failuresText());
    }
    if (!leftText().isEmpty()) {
      parts.add(leftText());
    }
    if (!bestText().isEmpty()) {
      parts.add(bestText());
    }
    parts.addAll(workers());
    line(String.join("; ", parts));
  }

  @Override
  public void close() {
    out.flush();
  }
}
