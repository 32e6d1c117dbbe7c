package io.shrinklab.data;

/**
 * A data set as read, before it is parted. First the rows that training draws from, then the rows
 * of the set's own validation part, then those of its own test part.
 *
 * @param features of all rows
 * @param labels of all rows
 * @param pool how many rows training draws from, and validation too where the set has no validation
 *     part of its own
 * @param ownValidation rows of the set's own validation part, 0 where it has none
 * @param sha256 over the bytes as read, in hex
 */
record Source(Features features, Labels labels, int pool, int ownValidation, String sha256) {
  Source {
    if (features.rows() != labels.rows() || pool + ownValidation > features.rows()) {
      throw new IllegalArgumentException(
          features.rows() + " rows, " + labels.rows() + " labels, " + pool + ", " + ownValidation);
    }
  }

  /** Where the set's own test part begins; {@link #rows()} where it has none. */
  int testStart() {
    return pool + ownValidation;
  }

  /** All rows. */
  int rows() {
    return features.rows();
  }
}
