package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.network.Networks;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.SeedStream;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A network with its objective: forward and backward, and nothing of penalties or steps. */
final class Model {
  /** Rows evaluated at once, at most. */
  private static final int EVALUATION_ROWS = 2048;

  /** Inputs evaluated at once, at most: bounds the memory of activations where rows are images. */
  private static final long EVALUATION_VALUES = 1 << 20;

  private final Engine engine;
  private final Block block;
  private final Objective objective;
  private final ParameterStore store;
  private final List<NamedParameter> parameters;
  private final List<NamedParameter> trained;
  private final List<Tensor> gradients = new ArrayList<>();

  Model(RunSpec spec, DataSplit data, NDManager manager, Engine engine) {
    this.engine = engine;
    Shape features = data.train().features().getShape();
    this.block =
        Networks.create(
            spec.variant().network(),
            features.slice(1),
            data.outputs(),
            SeedStream.INITIAL_WEIGHTS.of(spec.seed()),
            manager);
    this.objective = Objective.of(data.task(), spec.variant().training().labelSmoothing());
    this.store = new ParameterStore(manager, false);
    this.parameters = Networks.parameters(block);
    this.trained =
        parameters.stream().filter(named -> named.parameter().requiresGradient()).toList();
  }

  /** The network itself. */
  Block block() {
    return block;
  }

  /** All parameters, running statistics included. */
  List<NamedParameter> parameters() {
    return parameters;
  }

  /** Those that an optimizer moves. */
  List<NamedParameter> trained() {
    return trained;
  }

  /**
   * Their gradients of the data loss, in the same order; filled by {@link #backward}, zeroed by the
   * optimizer.
   */
  List<Tensor> gradients() {
    return gradients;
  }

  /**
   * Adds the gradient of the batch's mean data loss to {@link #gradients}.
   *
   * @return the loss, in training mode
   */
  double backward(Part batch) {
    double value;
    // The scope closes every array of the step; gradients are held by the weights themselves.
    try (NDScope scope = new NDScope();
        GradientCollector collector = engine.newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDList output = block.forward(store, new NDList(batch.features()), true);
      NDArray loss = objective.loss(output.singletonOrThrow(), batch.labels());
      collector.backward(loss);
      value = loss.getFloat();
    }
    if (gradients.isEmpty()) {
      // From its first backward pass on a weight keeps one gradient array, which later passes add
      // to.
      for (NamedParameter named : trained) {
        gradients.add(Tensor.of(named.parameter().getArray().getGradient()));
      }
    }
    return value;
  }

  /** Loss and score of a part in evaluation mode. */
  Evaluation evaluate(Part part) {
    Objective.Tally tally = objective.tally();
    if (part.rows() > 0) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        long values = part.features().size() / part.rows();
        int rows = (int) Math.max(1, Math.min(EVALUATION_ROWS, EVALUATION_VALUES / values));
        NDList features = Batches.views(part.features(), rows);
        NDList labels = Batches.views(part.labels(), rows);
        for (int i = 0; i < features.size(); i++) {
          try (NDScope chunk = new NDScope()) {
            chunk.suppressNotUsedWarning();
            NDList output = block.forward(store, new NDList(features.get(i)), false);
            tally.add(output.singletonOrThrow(), labels.get(i));
          }
        }
      }
    }
    return tally.result();
  }
}
