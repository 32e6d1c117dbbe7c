package io.shrinklab.data;

/**
 * A data set as read, before it is parted.
 *
 * @param features of all rows
 * @param classes the class of each row, 0 to outputs - 1
 * @param outputs how many classes
 * @param pool the first so many rows are drawn from for training and validation; any rows after
 *     them are the set's own test part, and where there are none, the rows left over are
 * @param sha256 over the bytes as read, in hex
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record Source(Features features, int[] classes, int outputs, int pool, String sha256) {}
