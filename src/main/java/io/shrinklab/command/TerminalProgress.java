package io.shrinklab.command;

import io.shrinklab.sweep.SweepPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * For a terminal: a bar with the time left, below it the best score so far and a line per worker.
 * The bar's own thread redraws it a few times a second.
 */
final class TerminalProgress extends SweepProgress {
  /** The bar counts thousandths of runs, so that it moves within a run too. */
  private static final long PARTS = 1000;

  private static final int REDRAW_MILLIS = 200;
  private static final int WIDTH = 110;
  private static final String CLEAR_BELOW = "\r\033[J";

  private final PrintStream out;
  private final Object screen = new Object();
  private @Nullable ProgressBar bar;

  // Guarded by screen: also the bar's thread draws.
  private String barText = "";
  private List<String> below = List.of();
  private int drawn;

  TerminalProgress(PrintStream out, String sweep, LongSupplier nanos) {
    super(sweep, nanos);
    this.out = out;
  }

  @Override
  public void onPlan(SweepPlan plan) {
    super.onPlan(plan);
    if (plan.toTrain() > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(sweep())
              .setInitialMax(plan.toTrain() * PARTS)
              .setUnit(" runs", PARTS)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .setEtaFunction(state -> Optional.ofNullable(left()))
              .continuousUpdate()
              .setConsumer(new Screen())
              .build();
    }
  }

  @Override
  void line(String text) {
    synchronized (screen) {
      erase();
      out.println(text);
      draw();
    }
  }

  @Override
  void changed() {
    List<String> lines = new ArrayList<>();
    if (!bestText().isEmpty()) {
      lines.add("  " + bestText() + (failuresText().isEmpty() ? "" : "; " + failuresText()));
    }
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
        erase();
        out.println(barText);
        barText = "";
        out.flush();
      }
    }
  }

  /** Takes the cursor back to where the moving part begins, and clears it. */
  private void erase() {
    if (drawn > 0) {
      out.print("\033[" + drawn + "A");
    }
    out.print(CLEAR_BELOW);
    drawn = 0;
  }

  private void draw() {
    if (!barText.isEmpty()) {
      out.println(barText);
      below.forEach(text -> out.println(cut(text)));
      drawn = 1 + below.size();
    }
    out.flush();
  }

  /** A line that wraps would take more rows than are erased. */
  private static String cut(String text) {
    return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
  }

  /** Where the bar draws itself. */
  private final class Screen implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return Math.min(WIDTH, 80);
    }

    @Override
    public void accept(String text) {
      synchronized (screen) {
        erase();
        barText = text.strip();
        draw();
      }
    }

    @Override
    public void close() {}
  }
}
