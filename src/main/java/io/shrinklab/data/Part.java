package io.shrinklab.data;

import ai.djl.ndarray.NDArray;

/**
 * Rows of a data set.
 *
 * @param features float32 [n, ...]
 * @param labels as {@link Task} says, n along the first axis
 */
public record Part(NDArray features, NDArray labels) {
  /** How many rows. */
  public int rows() {
    return Math.toIntExact(features.getShape().get(0));
  }
}
