package io.shrinklab.command;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Visible;
import io.shrinklab.sweep.SweepListener;
import io.shrinklab.sweep.SweepPlan;
import io.shrinklab.sweep.SweepSummary;
import io.shrinklab.wording.Formats;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What a sweep shows of itself. This half keeps count; the other half draws, for a terminal or for
 * a log. Lines that matter (a failure, a notice) are written at once and stay.
 */
public abstract sealed class SweepProgress implements SweepListener, AutoCloseable
    permits TerminalProgress, PlainProgress, QuietProgress {
  private static final double NANOS = 1e9;

  /** A cluster has more than a terminal has rows. */
  private static final int MOST_WORKERS = 12;

  private final String sweep;
  private final LongSupplier nanos;
  private final SortedMap<Integer, Current> current = new TreeMap<>();
  private long start;
  private long toTrain;
  private long runs;
  private long before;
  private long ended;
  private long failures;
  private double best = Double.NEGATIVE_INFINITY;
  private String bestLabel = "";

  /** The runs that a worker was given at once. */
  private static final class Current {
    private final List<RunSpec> runs;
    private final Map<RunSpec, EpochMetrics> latest = new HashMap<>();
    private int over;

    Current(List<RunSpec> runs) {
      this.runs = runs;
    }

    /** How much of the work with those that are not over is done, in runs. */
    double share() {
      double share = 0;
      for (Map.Entry<RunSpec, EpochMetrics> run : latest.entrySet()) {
        share += Math.min(1, (double) run.getValue().epoch() / epochs(run.getKey()));
      }
      return share;
    }

    private static int epochs(RunSpec run) {
      return run.variant().training().epochs();
    }

    String text() {
      RunSpec first = runs.get(0);
      StringBuilder text = new StringBuilder();
      if (runs.size() == 1) {
        text.append(first.label());
      } else {
        text.append("seed ").append(first.seed());
        text.append(", ").append(runs.size()).append(" variants");
        if (over > 0) {
          text.append(" (").append(over).append(" done)");
        }
      }
      // Those trained side by side are at the same epoch, so any one tells it.
      EpochMetrics any =
          latest.values().stream()
              .max(Comparator.comparing(EpochMetrics::validationScore))
              .orElse(null);
      if (any == null) {
        return text.append(over == 0 ? ", starting" : "").toString();
      }
      return text.append(", epoch ")
          .append(any.epoch())
          .append("/")
          .append(latest.keySet().stream().mapToInt(Current::epochs).max().orElse(0))
          .append(runs.size() == 1 ? ", validation score " : ", best ")
          .append(Formats.score(any.validationScore()))
          .toString();
    }
  }

  SweepProgress(String sweep, LongSupplier nanos) {
    this.sweep = sweep;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * The one that fits: a bar that moves on a terminal, plain lines elsewhere.
   *
   * @param sweep its name
   * @param out standard error, in general
   */
  public static SweepProgress to(PrintStream out, String sweep) {
    return Terminals.ERROR.isTerminal()
        ? new TerminalProgress(out, sweep, System::nanoTime)
        : new PlainProgress(out, sweep, System::nanoTime);
  }

  /** Writes a line that stays. It may quote what a worker said, or others wrote. */
  final void line(String text) {
    show(Visible.line(text));
  }

  /** Writes a line that a terminal may have. */
  abstract void show(String line);

  /** Called after each change of what could be shown. */
  abstract void changed();

  @Override
  public abstract void close();

  @Override
  public void onPlan(SweepPlan plan) {
    start = nanos.getAsLong();
    toTrain = plan.toTrain();
    runs = plan.runs();
    before = plan.kept() + plan.copied();
    StringBuilder text = new StringBuilder();
    text.append(sweep).append(": ").append(Formats.count(plan.runs(), "run"));
    if (plan.kept() > 0) {
      text.append(", ").append(plan.kept()).append(" complete from before");
    }
    if (plan.copied() > 0) {
      text.append(", ").append(plan.copied()).append(" copied");
    }
    if (plan.toTrain() == 0) {
      text.append("; nothing to train");
    } else {
      text.append("; ").append(plan.toTrain()).append(" to train with ");
      text.append(Formats.count(plan.workers(), "worker"));
      if (plan.retried() > 0) {
        text.append(", ").append(plan.retried()).append(" of them failed before");
      }
    }
    line(text.toString());
    changed();
  }

  @Override
  public void onNotice(String text) {
    line("note: " + text);
  }

  @Override
  public void onStart(int worker, List<RunSpec> runs) {
    current.put(worker, new Current(runs));
    changed();
  }

  @Override
  public void onEpoch(int worker, RunSpec spec, EpochMetrics metrics) {
    Current at = current.get(worker);
    if (at != null) {
      at.latest.put(spec, metrics);
    }
    if (metrics.validationScore() > best) {
      best = metrics.validationScore();
      bestLabel = spec.label();
    }
    changed();
  }

  @Override
  public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    Current at = current.get(worker);
    if (at != null) {
      at.latest.remove(spec);
      at.over++;
      if (at.over == at.runs.size()) {
        current.remove(worker);
      }
    }
    ended++;
    if (status == RunStatus.FAILED) {
      failures++;
      line("FAILED " + spec.label() + ": " + reason);
    }
    changed();
  }

  @Override
  public void onInterrupted(SweepSummary summary) {
    close();
    line("Stopped. " + summary.text());
  }

  /** Runs that are over, from before or now, failed ones too. */
  final long over() {
    return before + ended;
  }

  /** Runs in all. */
  final long runs() {
    return runs;
  }

  /** Runs to train in this sweep. */
  final long toTrain() {
    return toTrain;
  }

  /** Work done in this sweep, in runs; a run that is half way counts as half. */
  final double workDone() {
    return ended + current.values().stream().mapToDouble(Current::share).sum();
  }

  /** What each worker is at, by its number; of many the first ones. */
  final List<String> workers() {
    List<String> texts = new ArrayList<>();
    for (Map.Entry<Integer, Current> worker : current.entrySet()) {
      if (texts.size() == MOST_WORKERS) {
        texts.add("and " + (current.size() - MOST_WORKERS) + " more workers");
        break;
      }
      texts.add("worker " + worker.getKey() + ": " + worker.getValue().text());
    }
    return texts;
  }

  /** The best validation score so far, and whose; empty before the first epoch. */
  final String bestText() {
    return bestLabel.isEmpty()
        ? ""
        : "best validation score so far " + Formats.score(best) + " (" + bestLabel + ")";
  }

  /** For people: {@code 3 failed}; empty when none did. */
  final String failuresText() {
    return failures == 0 ? "" : failures + " failed";
  }

  /**
   * For people: {@code about 5 min left}, if the rest goes as what was done; empty before that can
   * be told.
   */
  final String leftText() {
    double share = toTrain == 0 ? 1 : workDone() / toTrain;
    double seconds = (nanos.getAsLong() - start) / NANOS;
    // The first seconds go into starting engines and would promise hours.
    if (share < 0.01 || seconds < 2) {
      return "";
    }
    long left = Math.max(1, (long) (seconds * (1 - share) / share));
    String time = left < 120 ? left + " s" : left < 7200 ? left / 60 + " min" : left / 3600 + " h";
    return "about " + time + " left";
  }

  final String sweep() {
    return sweep;
  }

  final long nanos() {
    return nanos.getAsLong();
  }
}
