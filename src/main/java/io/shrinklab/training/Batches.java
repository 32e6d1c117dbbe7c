package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.shrinklab.data.Part;
import io.shrinklab.data.Permutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The training part in a new order each epoch. Rows are copied in Java into one array whose batches
 * are views, made once: no engine call and no allocation per batch.
 */
final class Batches {
  private final Part part;
  private final NDArray features;
  private final NDArray labels;
  private final List<Part> batches = new ArrayList<>();

  /**
   * Makes the batches; their rows are undefined until {@link #shuffle}.
   *
   * @param part rows to draw from
   * @param size rows of a batch; the last one takes what is left, and a single row that is left
   *     joins the batch before, since batch normalization has no variance of one row
   * @param manager owns the copies
   */
  Batches(Part part, int size, NDManager manager) {
    this.part = part;
    this.features = manager.zeros(part.features().getShape(), part.features().getDataType());
    this.labels = manager.zeros(part.labels().getShape(), part.labels().getDataType());
    NDList featureViews = views(features, size);
    NDList labelViews = views(labels, size);
    for (int i = 0; i < featureViews.size(); i++) {
      batches.add(new Part(featureViews.get(i), labelViews.get(i)));
    }
  }

  /** Views of consecutive rows. */
  static NDList views(NDArray array, int size) {
    long rows = array.getShape().get(0);
    // One row fewer than a full batch more: a last view has at least two rows, unless it is the
    // only one.
    int cuts =
        size == 1 ? Math.toIntExact(rows - 1) : Math.toIntExact(Math.max(0, rows - 2) / size);
    long[] at = new long[cuts];
    for (int i = 0; i < cuts; i++) {
      at[i] = (long) (i + 1) * size;
    }
    return array.split(at);
  }

  /** Puts the rows in a new order; the batches then hold them. */
  void shuffle(SplittableRandom random) {
    int[] order = Permutation.of(part.rows(), random);
    copyRows(part.features(), features, order);
    copyRows(part.labels(), labels, order);
  }

  List<Part> all() {
    return batches;
  }

  private static void copyRows(NDArray from, NDArray to, int[] order) {
    ByteBuffer source = from.toByteBuffer(true);
    ByteBuffer target = to.toByteBuffer(true);
    int length = source.capacity() / order.length;
    for (int row = 0; row < order.length; row++) {
      target.put(row * length, source, order[row] * length, length);
    }
  }
}
