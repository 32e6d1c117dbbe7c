package io.shrinklab.outcome;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is known of a run after an epoch. An entry is a column of {@code metrics.csv}, wherever such
 * columns are written, read, sealed, sent, summarized or documented. A column never changes its
 * meaning; new ones come after the last, with a format of their own. What is in no file follows the
 * columns.
 */
public enum Metric {
  TRAIN_LOSS("train_loss", 1, "data loss on the training rows, after the epoch"),
  TRAIN_SCORE("train_score", 1, "score on the training rows"),
  VALIDATION_LOSS("val_loss", 1, "data loss on the validation rows"),
  VALIDATION_SCORE("val_score", 1, "score on the validation rows"),
  PENALTY(
      "penalty",
      1,
      "what the penalty adds to the loss: lambda * power sum over the penalized parameters; 0 for"
          + " none"),
  LP_NORM(
      "lp_norm",
      1,
      "(sum of |w|^p)^(1/p) over the multiplicative weights, p of the variant, 2 where it has none"),
  LP_POWER_SUM("lp_power_sum", 1, "sum of |w|^p over the same"),
  NEAR_ZERO_FRACTION("near_zero_fraction", 1, "share of the weights below `training.nearZero`"),
  LEARNING_RATE("learning_rate", 1, "in force at the epoch's last step"),
  SECONDS(
      "seconds",
      1,
      "wall time of the epoch: a share of the steps that were taken side by side, and the run's own"
          + " evaluation") {
    @Override
    public boolean isTime() {
      return true;
    }
  },
  TOTAL_LOSS("total_loss", 1, "`train_loss` + `penalty`"),
  EXACT_ZERO_FRACTION("exact_zero_fraction", 1, "share of the weights that are exactly 0"),
  GRADIENT_RATIO(
      "gradient_ratio",
      1,
      "Euclidean norm of the penalty's gradient over that of the data loss's, at the epoch's last"
          + " batch; 0 without a penalty"),
  TRAIN_ACCURACY(
      "train_accuracy",
      2,
      "accuracy on the training rows where the score is another measure (multi-label: the share of"
          + " all rows' labels that are right, a probability above one half meaning yes); empty"
          + " where the score is accuracy itself, and in regression"),
  VALIDATION_ACCURACY("val_accuracy", 2, "the same on the validation rows"),
  GAP("gap", Metric.IN_NO_FILE, "training score minus validation score") {
    @Override
    double of(EpochMetrics row, double[] columns) {
      return row.get(TRAIN_SCORE) - row.get(VALIDATION_SCORE);
    }
  };

  private static final int IN_NO_FILE = 0;

  /** The columns of {@code metrics.csv} after the epoch, in their order. */
  public static final List<Metric> COLUMNS =
      Arrays.stream(values()).filter(metric -> metric.since > IN_NO_FILE).toList();

  private final String column;
  private final String field;
  private final int since;
  private final String meaning;

  /**
   * An entry.
   *
   * @param since the first format of {@code metrics.csv} that has the column; {@link #IN_NO_FILE}
   *     for what follows from others
   */
  Metric(String column, int since, String meaning) {
    this.column = column;
    this.field =
        Pattern.compile("_(.)")
            .matcher(name().toLowerCase(Locale.ROOT))
            .replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
    this.since = since;
    this.meaning = meaning;
  }

  /** Its name in CSV files: {@code val_score}. */
  public String column() {
    return column;
  }

  /** Its name in JSON, a worker's and the page's: {@code validationScore}. */
  public String field() {
    return field;
  }

  /** The first format of {@code metrics.csv} that has it, counted from 1. */
  public int since() {
    return since;
  }

  /** What it says, in one line, as in {@code docs/columns.md}. */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether a run can be without it, NaN then and an empty cell. Of what came after the first
   * format, every older file is.
   */
  public boolean mayBeEmpty() {
    return since > 1;
  }

  /** Whether it holds a time: the only columns that differ between two runs of the same bits. */
  public boolean isTime() {
    return false;
  }

  /** Its place among {@link #COLUMNS}, which are the first of all. */
  @SuppressWarnings("EnumOrdinal") // Of arrays, since there are half a million rows.
  public int place() {
    return ordinal();
  }

  /** Its value in a row with these columns. */
  double of(EpochMetrics row, double[] columns) {
    return columns[place()];
  }
}
