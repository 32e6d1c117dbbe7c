package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What happens to the values of a layer unit by unit: bias, normalization, rectifier, dropout. All
 * stages take a portion of whole rows while it is in the processor's cache, in Java: as engine
 * operations each would pass over the layer's memory and make another array of its size.
 */
final class StackedRows implements StackedLayer {
  /** Numbers in a portion, unless a single row is longer. */
  private static final int PORTION = 4096;

  private final List<RowStage> stages;
  private float[] portion = new float[PORTION];

  /**
   * Makes one.
   *
   * @param stages in the order in which they are applied
   */
  StackedRows(List<RowStage> stages) {
    this.stages = List.copyOf(stages);
  }

  private interface Action {
    float[] apply(RowStage stage, float[] numbers, RowStage.Rows at);
  }

  @Override
  public NDArray forward(NDArray values, long step) {
    int width = Math.toIntExact(values.getShape().get(1));
    int length = Math.toIntExact(values.getShape().get(2));
    stages.forEach(stage -> stage.begin(step, width, length));
    pass(values, RowStage::forward, false);
    return values;
  }

  @Override
  public NDArray backward(NDArray gradient, boolean wanted) {
    pass(gradient, RowStage::backward, true);
    return gradient;
  }

  @Override
  public NDArray evaluate(NDArray values) {
    pass(values, RowStage::evaluate, false);
    return values;
  }

  private void pass(NDArray array, Action action, boolean reversed) {
    FloatBuffer memory = Tensor.of(array).memory();
    Shape shape = array.getShape();
    int length = Math.toIntExact(shape.get(2));
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
      for (int i = 0; i < stages.size(); i++) {
        numbers = action.apply(stages.get(reversed ? stages.size() - 1 - i : i), numbers, at);
      }
      memory.put(first * length, numbers, 0, at.size());
    }
  }
}
