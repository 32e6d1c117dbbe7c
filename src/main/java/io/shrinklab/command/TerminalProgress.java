package io.shrinklab.command;

import io.shrinklab.sweep.SweepPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * For a terminal: a bar, below it the time left, the best score so far, and a line per worker. The
 * bar's own thread redraws it a few times a second.
 */
final class TerminalProgress extends SweepProgress {
  /** The bar counts thousandths of runs, so that it moves within a run too. */
  private static final long PARTS = 1000;

  private static final int REDRAW_MILLIS = 200;
  private static final int WIDEST_BAR = 80;

  private final PrintStream out;
  private final IntSupplier columns;
  private final MovingLines moving;
  private final Object screen = new Object();
  private @Nullable ProgressBar bar;

  // Guarded by screen: also the bar's thread draws.
  private String barText = "";
  private List<String> below = List.of();

  /** On the terminal that this process has; its width is asked for at every drawing. */
  TerminalProgress(PrintStream out, String sweep, LongSupplier nanos) {
    this(out, sweep, nanos, new TerminalWidth());
  }

  TerminalProgress(PrintStream out, String sweep, LongSupplier nanos, IntSupplier columns) {
    super(sweep, nanos);
    this.out = out;
    this.columns = columns;
    this.moving = new MovingLines(out, columns);
  }

  @Override
  public void onPlan(SweepPlan plan) {
    super.onPlan(plan);
    if (plan.toTrain() > 0) {
      ProgressBar shown =
          new ProgressBarBuilder()
              .setTaskName(sweep())
              .setInitialMax(plan.toTrain() * PARTS)
              .setUnit(" runs", PARTS)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .hideEta()
              .continuousUpdate()
              .setConsumer(new Screen())
              .build();
      // At once, and not when its thread first comes to it.
      shown.refresh();
      bar = shown;
    }
  }

  @Override
  void show(String line) {
    synchronized (screen) {
      moving.erase();
      out.println(line);
      draw();
    }
  }

  @Override
  void changed() {
    List<String> lines = new ArrayList<>();
    // What a narrow terminal cuts off stands last in each.
    Stream.of(
            Stream.of(leftText(), failuresText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; ")),
            bestText())
        .filter(text -> !text.isEmpty())
        .forEach(text -> lines.add("  " + text));
    workers().forEach(worker -> lines.add("  " + worker));
    synchronized (screen) {
      below = lines;
    }
    ProgressBar shown = bar;
    if (shown != null) {
      shown.stepTo((long) (workDone() * PARTS));
    }
  }

  @Override
  public void close() {
    ProgressBar shown = bar;
    bar = null;
    if (shown != null) {
      shown.close();
      synchronized (screen) {
        moving.erase();
        out.println(barText);
        barText = "";
        out.flush();
      }
    }
  }

  private void draw() {
    if (!barText.isEmpty()) {
      List<String> lines = new ArrayList<>(below);
      lines.add(0, barText);
      moving.draw(lines);
    }
  }

  /** Where the bar draws itself. */
  private final class Screen implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return Math.min(WIDEST_BAR, columns.getAsInt());
    }

    @Override
    public void accept(String text) {
      synchronized (screen) {
        moving.erase();
        barText = text.strip();
        draw();
      }
    }

    @Override
    public void close() {}
  }
}
