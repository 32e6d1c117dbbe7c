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
  void line(String text) {
    out.println(text);
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
    Duration left = left();
    if (left != null) {
      parts.add("about " + text(left) + " left");
    }
    if (!bestText().isEmpty()) {
      parts.add(bestText());
    }
    parts.addAll(workers());
    line(String.join("; ", parts));
  }

  private static String text(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  @Override
  public void close() {
    out.flush();
  }
}
