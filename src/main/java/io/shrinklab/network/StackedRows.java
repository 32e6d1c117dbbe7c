package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What happens to the values of a layer unit by unit: bias, normalization, rectifier, dropout. All
 * stages take a portion of whole rows while it is in the processor's cache, in Java: as engine
 * operations each would pass over the layer's memory and make another array of its size.
 */
final class StackedRows implements StackedLayer {
  /** Numbers in a portion, unless a single row is longer. */
  private static final int PORTION = 4096;

  private final int width;
  private final List<RowStage> stages;
  private final List<RowStage> backwards;
  private float[] portion = new float[PORTION];

  /**
   * Makes one.
   *
   * @param width units of a network
   * @param stages in the order in which they are applied
   */
  StackedRows(int width, List<RowStage> stages) {
    this.width = width;
    this.stages = List.copyOf(stages);
    List<RowStage> reversed = new ArrayList<>(stages);
    Collections.reverse(reversed);
    backwards = List.copyOf(reversed);
  }

  private interface Action {
    float[] apply(RowStage stage, float[] numbers, RowStage.Rows at);
  }

  @Override
  public NDArray forward(NDArray values, int n, long step) {
    stages.forEach(stage -> stage.begin(step, width, n));
    pass(values, n, stages, RowStage::forward);
    return values;
  }

  @Override
  public NDArray backward(NDArray gradient, int n, boolean wanted) {
    pass(gradient, n, backwards, RowStage::backward);
    return gradient;
  }

  @Override
  public NDArray evaluate(NDArray values, int n) {
    pass(values, n, stages, RowStage::evaluate);
    return values;
  }

  private void pass(NDArray array, int length, List<RowStage> inOrder, Action action) {
    FloatBuffer memory = Tensor.memory(array);
    int rows = memory.limit() / length;
    int most = Math.max(1, PORTION / length);
    if (portion.length < most * length) {
      portion = new float[most * length];
    }
    int number = 0;
    for (int first = 0; first < rows; first += most) {
      RowStage.Rows at = new RowStage.Rows(number++, first, Math.min(most, rows - first), length);
      memory.get(first * length, portion, 0, at.size());
      float[] numbers = portion;
      for (RowStage stage : inOrder) {
        numbers = action.apply(stage, numbers, at);
      }
      memory.put(first * length, numbers, 0, at.size());
    }
  }
}
