package io.shrinklab.data;

import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import java.util.List;

/**
 * A data set, parted for one seed.
 *
 * @param task what is predicted
 * @param outputs width of the network's output: classes, labels, or 1
 * @param train rows to train on
 * @param validation rows to choose by
 * @param test rows to read once; may have no rows
 * @param pool rows that train was drawn from, and validation too where it has no pool of its own,
 *     or {@link PartSizes#UNLIMITED}
 * @param validationPool rows of the set's own validation part, which validation was drawn from; 0
 *     where it has none
 * @param sha256 over the data set's bytes as read, before it was parted, in hex
 * @param equalRows rows of the other parts that equal a training row
 * @param chanceScore what a guess that looks at no feature scores on the validation rows
 * @param features the names of a table's columns, in order; empty where rows are images
 * @param truth the coefficients of these columns that the rows were drawn with; empty where nobody
 *     knows them
 * @param making what the parts' rows were made of
 */
public record DataSplit(
    Task task,
    int outputs,
    Part train,
    Part validation,
    Part test,
    int pool,
    int validationPool,
    String sha256,
    EqualRows equalRows,
    double chanceScore,
    List<String> features,
    List<Double> truth,
    Making making) {
  /**
   * Which rows of the source the parts hold, in order, and how they are scaled: a value x is (x -
   * mean) / divisor, or 0 where the divisor is.
   *
   * @param train numbers of the rows in the source, as {@link DataSpec} counts them for its kind
   * @param validation likewise
   * @param test likewise
   * @param means of the features; empty where they are not scaled by what the training rows are
   * @param divisors of the features, likewise
   * @param targetMean 0 of classes
   * @param targetDivisor 1 of classes
   * @param classes names of the outputs, in order; empty where there are no classes
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Making(
      int[] train,
      int[] validation,
      int[] test,
      double[] means,
      double[] divisors,
      double targetMean,
      double targetDivisor,
      List<String> classes) {
    /** Of rows that nobody counted. */
    public static final Making UNKNOWN =
        new Making(
            new int[0], new int[0], new int[0], new double[0], new double[0], 0, 1, List.of());

    /** Copies the list. */
    public Making {
      classes = List.copyOf(classes);
    }
  }

  /** Copies the lists. */
  public DataSplit {
    features = List.copyOf(features);
    truth = List.copyOf(truth);
  }

  /** The parts' sizes, for the record. */
  public PartSizes sizes() {
    return new PartSizes(train.rows(), validation.rows(), test.rows(), pool, validationPool);
  }
}
