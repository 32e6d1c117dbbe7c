package io.shrinklab.data;

import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import java.util.List;

/**
 * A data set, parted for one seed.
 *
 * @param task what is predicted
 * @param outputs width of the network's output: classes, labels, or 1
 * @param train rows to train on
 * @param validation rows to choose by
 * @param test rows to read once; may have no rows
 * @param pool rows that train was drawn from, and validation too where it has no pool of its own
 * @param validationPool rows of the set's own validation part, which validation was drawn from; 0
 *     where it has none
 * @param sha256 over the data set's bytes as read, before it was parted, in hex
 * @param equalRows rows of the other parts that equal a training row
 * @param features the names of a table's columns, in order; empty where rows are images
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
    List<String> features) {
  /** Copies the list. */
  public DataSplit {
    features = List.copyOf(features);
  }

  /** The parts' sizes, for the record. */
  public PartSizes sizes() {
    return new PartSizes(train.rows(), validation.rows(), test.rows(), pool, validationPool);
  }
}
