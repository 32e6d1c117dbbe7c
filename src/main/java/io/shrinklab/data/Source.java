package io.shrinklab.data;

import io.shrinklab.outcome.PartSizes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set as read, before it is parted. First the rows that training draws from, then the rows
 * of the set's own validation part, then those of its own test part.
 *
 * @param features of all rows
 * @param labels of all rows
 * @param pool how many rows training draws from, and validation too where the set has no validation
 *     part of its own
 * @param ownValidation rows of the set's own validation part, 0 where it has none
 * @param sha256 over the bytes as read, in hex; of drawn rows over what they are drawn from
 * @param truth the coefficients that rows were drawn with; empty where nobody knows them
 * @param table which rows of a table these are; null where they are those of the set
 */
record Source(
    Features features,
    Labels labels,
    int pool,
    int ownValidation,
    String sha256,
    List<Double> truth,
    @Nullable TableRows table) {
  /** One that was read whole. */
  Source(Features features, Labels labels, int pool, int ownValidation, String sha256) {
    this(features, labels, pool, ownValidation, sha256, List.of(), null);
  }

  Source {
    truth = List.copyOf(truth);
    if (features.rows() != labels.rows() || pool + ownValidation > features.rows()) {
      throw new IllegalArgumentException(
          features.rows() + " rows, " + labels.rows() + " labels, " + pool + ", " + ownValidation);
    }
  }

  /** Where the set's own test part begins; {@link #rows()} where it has none. */
  int testStart() {
    return pool + ownValidation;
  }

  /** The rows that those of a seed are drawn from, as {@link PartSizes} says it. */
  int population() {
    return truth.isEmpty() ? pool : PartSizes.UNLIMITED;
  }

  /** Rows of the set's own validation part, as {@link PartSizes} says it. */
  int validationPool() {
    return truth.isEmpty() ? ownValidation : 0;
  }

  /** The group of each row; null where rows are independent. */
  @Nullable Classes groups() {
    return table == null ? null : table.groups();
  }

  /** All rows. */
  int rows() {
    return features.rows();
  }
}
