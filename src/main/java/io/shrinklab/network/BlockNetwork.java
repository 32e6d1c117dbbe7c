package io.shrinklab.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.shrinklab.tensor.Portions;
import io.shrinklab.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/** One network of the engine's own layers, differentiated by the engine. */
final class BlockNetwork implements Stack {
  private final Block block;
  private final ParameterStore store;
  private final List<NamedParameter> parameters;
  private List<Tensor> gradients = List.of();

  /**
   * Takes a network.
   *
   * @param block initialized
   */
  BlockNetwork(Block block, NDManager manager) {
    this.block = block;
    this.store = new ParameterStore(manager, false);
    this.parameters = Networks.parameters(block);
  }

  @Override
  public List<NamedParameter> parameters(int member) {
    return parameters;
  }

  @Override
  public void backward(List<Integer> members, NDArray rows, long step, Slope slope, Found found) {
    double[] losses = new double[1];
    // The engine adds to the gradients that it finds.
    gradients.forEach(BlockNetwork::clear);
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray output = block.forward(store, new NDList(rows), true).singletonOrThrow();
      NDArray gradient = slope.of(turned(output.stopGradient()).expandDims(0), losses);
      // The gradient of this sum by the output is what the slope says.
      collector.backward(output.mul(turned(gradient.squeeze(0))));
    }
    if (gradients.isEmpty()) {
      // From its first backward pass on a weight keeps one gradient array.
      gradients =
          parameters.stream()
              .filter(named -> named.parameter().requiresGradient())
              .map(named -> Tensor.of(named.parameter().getArray().getGradient()))
              .toList();
    }
    found.take(0, losses[0], gradients);
  }

  private static void clear(Tensor gradient) {
    FloatBuffer memory = gradient.memory();
    float[] zeros = new float[Math.min(Portions.LENGTH, memory.limit())];
    for (int at = 0; at < memory.limit(); at += zeros.length) {
      memory.put(at, zeros, 0, Math.min(zeros.length, memory.limit() - at));
    }
  }

  /** [a, b] as [b, a] in memory of its own. */
  private static NDArray turned(NDArray array) {
    long rows = array.getShape().get(0);
    return array.swapAxes(0, 1).flatten().reshape(array.getShape().get(1), rows);
  }

  @Override
  public NDArray evaluate(int member, NDArray rows) {
    NDArray output = block.forward(store, new NDList(rows), false).singletonOrThrow();
    return turned(output).expandDims(0);
  }
}
