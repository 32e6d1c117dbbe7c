package io.shrinklab.api;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** A run that is stored: one variant, one seed. */
@API(status = API.Status.STABLE)
public final class Run {
  private final RunRecord record;
  private final Path folder;

  Run(RunRecord record, Path folder) {
    this.record = record;
    this.folder = folder;
  }

  /** The variant's name. */
  public String variant() {
    return record.spec().variant().name();
  }

  /** What split, initial weights, batch order and dropout were drawn from. */
  public long seed() {
    return record.spec().seed();
  }

  /** How it ended. */
  public RunStatus status() {
    return record.status();
  }

  /** Why it failed, diverged or was stopped, in one line; empty when it reached its last epoch. */
  public String reason() {
    return record.reason();
  }

  /** The score's name: accuracy, macro AUROC or R2; larger is better. */
  public String scoreName() {
    return record.scoreName();
  }

  /** How many epochs it finished. */
  public int epochs() {
    return record.epochs().size();
  }

  /**
   * A column of its {@code metrics.csv}, a number per epoch; docs/columns.md says what each means.
   *
   * @param column for instance {@code val_score}
   * @return one number per finished epoch; NaN for an empty cell
   * @throws IllegalArgumentException when there is no such column; the message lists them
   */
  public double[] metric(String column) {
    Metric metric =
        Metric.COLUMNS.stream()
            .filter(each -> each.column().equals(column))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(unknown(column)));
    return record.epochs().stream().mapToDouble(epoch -> epoch.get(metric)).toArray();
  }

  private static String unknown(String column) {
    return "column: found "
        + column
        + "; there are "
        + Metric.COLUMNS.stream().map(Metric::column).collect(Collectors.joining(", "));
  }

  /** The epoch that the validation score chose, counted from 1; empty when none was finished. */
  public OptionalInt bestEpoch() {
    BestEpoch best = record.best();
    return best == null ? OptionalInt.empty() : OptionalInt.of(best.epoch());
  }

  /** The validation score there; NaN when no epoch was finished. */
  public double validationScore() {
    return atBest(BestEpoch::validationScore);
  }

  /** The test score there, which was read once; NaN when no epoch was finished. */
  public double testScore() {
    return atBest(BestEpoch::testScore);
  }

  private double atBest(ToDoubleFunction<BestEpoch> value) {
    BestEpoch best = record.best();
    return best == null ? Double.NaN : value.applyAsDouble(best);
  }

  /** Its own files: {@code run.json}, {@code weights.npz} and others, as in docs/columns.md. */
  public Path folder() {
    return folder;
  }
}
