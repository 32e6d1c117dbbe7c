package io.shrinklab.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import io.shrinklab.spec.NetworkSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * K networks of dense layers that begin with the same weights and see the same rows, computed as
 * one: a parameter of all of them is one array [K, ...], a layer is one batched product, and each
 * network's parameters are views of its part. The backward pass is written out by layer, which
 * saves what automatic differentiation keeps and copies; only the objective is differentiated by
 * the engine.
 */
public final class DenseStack implements Stack {
  private final int members;
  private final List<StackedLayer> layers = new ArrayList<>();
  private final List<List<StackedLayer>> alone = new ArrayList<>();
  private final List<List<NamedParameter>> parameters = new ArrayList<>();

  /** Of the trained parameters in their order: where the last backward pass left the gradient. */
  private final List<Supplier<FloatBuffer>> gradients = new ArrayList<>();

  private DenseStack(int members) {
    this.members = members;
  }

  /**
   * Builds the networks with the weights that a network alone would begin with.
   *
   * @param spec a network of dense layers
   * @param plan its layers
   * @param features shape of one row, without the batch axis
   * @param outputs width of the output
   * @param weights the seed's stream of initial weights
   * @param dropout the seed's stream of dropout
   * @param members how many, K
   * @param manager owns the parameters
   */
  static DenseStack of(
      NetworkSpec spec,
      List<DenseLayer> plan,
      Shape features,
      int outputs,
      SplittableRandom weights,
      SplittableRandom dropout,
      int members,
      NDManager manager) {
    DenseStack stack = new DenseStack(members);
    Map<String, NDArray> stacked = new HashMap<>();
    try (NDManager passing = manager.newSubManager()) {
      Block first = Networks.create(spec, features, outputs, weights, passing);
      for (NamedParameter named : Networks.parameters(first)) {
        stacked.put(named.name(), copies(named.parameter().getArray(), members, manager));
      }
    }
    stack.build(plan, stacked, dropout, stack.layers);
    for (int member = 0; member < members; member++) {
      Map<String, NDArray> own = new HashMap<>();
      List<StackedLayer> evaluated = new ArrayList<>();
      for (Map.Entry<String, NDArray> entry : stacked.entrySet()) {
        own.put(entry.getKey(), part(entry.getValue(), member));
      }
      Block block = Networks.KINDS.get(spec).define(features, outputs);
      stack.parameters.add(Networks.parameters(block));
      for (NamedParameter named : Networks.parameters(block)) {
        NDArray view = of(own, named.name());
        named.parameter().setArray(view.reshape(view.getShape().slice(1)));
      }
      new DenseStack(1).build(plan, own, dropout, evaluated);
      stack.alone.add(evaluated);
    }
    return stack;
  }

  private static NDArray copies(NDArray one, int members, NDManager manager) {
    NDArray all = manager.zeros(new Shape(members).addAll(one.getShape()), DataType.FLOAT32);
    ByteBuffer memory = all.toByteBuffer(true);
    for (int member = 0; member < members; member++) {
      memory.put(one.toByteBuffer(true));
    }
    return all;
  }

  private static NDArray part(NDArray stacked, int member) {
    return stacked.getShape().get(0) == 1
        ? stacked
        : stacked.split(stacked.getShape().get(0)).get(member);
  }

  private void build(
      List<DenseLayer> plan,
      Map<String, NDArray> arrays,
      SplittableRandom dropout,
      List<StackedLayer> into) {
    for (DenseLayer layer : plan) {
      StackedProduct product = new StackedProduct(of(arrays, layer.name() + ".weight"));
      into.add(product);
      gradients.add(() -> memory(product.gradient()));
      List<RowStage> stages = new ArrayList<>();
      if (layer.bias()) {
        Bias bias = new Bias(memory(of(arrays, layer.name() + ".bias")));
        stages.add(bias);
        gradients.add(bias::gradient);
      }
      if (layer.norm() != null) {
        stages.add(normalization(layer.norm(), arrays));
      }
      if (layer.activation() == NetworkSpec.Activation.RELU) {
        stages.add(new Rectifier());
      } else if (layer.activation() != null) {
        into.add(new StackedRows(stages));
        stages = new ArrayList<>();
        into.add(new StackedActivation(layer.activation()));
      }
      if (layer.dropout() > 0) {
        stages.add(new DropoutMask(layer.dropout(), dropout.split()));
      }
      if (!stages.isEmpty()) {
        into.add(new StackedRows(stages));
      }
    }
  }

  private Normalization normalization(String name, Map<String, NDArray> arrays) {
    Normalization norm =
        new Normalization(
            new Normalization.Memory(
                memory(of(arrays, name + ".gamma")),
                memory(of(arrays, name + ".beta")),
                memory(of(arrays, name + ".runningMean")),
                memory(of(arrays, name + ".runningVar"))));
    gradients.add(norm::scaleGradient);
    gradients.add(norm::shiftGradient);
    return norm;
  }

  private static NDArray of(Map<String, NDArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public int members() {
    return members;
  }

  @Override
  public List<NamedParameter> parameters(int member) {
    return parameters.get(member);
  }

  @Override
  public double[] backward(NDArray rows, UnaryOperator<NDArray> losses) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray values = columns(rows, members);
      for (StackedLayer layer : layers) {
        values = layer.forward(values);
      }
      NDArray output = turned(values);
      double[] each = new double[members];
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        output.setRequiresGradient(true);
        NDArray loss = losses.apply(output);
        collector.backward(loss);
        float[] found = loss.toFloatArray();
        for (int i = 0; i < members; i++) {
          each[i] = found[i];
        }
      }
      NDArray gradient = turned(output.getGradient());
      for (int i = layers.size() - 1; i >= 0; i--) {
        gradient = layers.get(i).backward(gradient, i > 0);
      }
      return each;
    }
  }

  /** [n, ...] as [members, in, n], without copying. */
  private static NDArray columns(NDArray rows, int members) {
    long n = rows.getShape().get(0);
    NDArray flat = rows.reshape(n, rows.getShape().size() / n).swapAxes(0, 1).expandDims(0);
    return flat.broadcast(new Shape(members).addAll(flat.getShape().slice(1)));
  }

  /** [K, a, b] as [K, b, a] in memory of its own, row by row. */
  private static NDArray turned(NDArray array) {
    Shape shape = array.getShape();
    return array.swapAxes(1, 2).flatten().reshape(shape.get(0), shape.get(2), shape.get(1));
  }

  @Override
  public List<FloatBuffer> gradients(int member) {
    return gradients.stream()
        .map(
            made -> {
              FloatBuffer all = made.get();
              int size = all.limit() / members;
              return all.slice(member * size, size);
            })
        .toList();
  }

  @Override
  public NDArray evaluate(int member, NDArray rows) {
    NDArray values = columns(rows, 1);
    for (StackedLayer layer : alone.get(member)) {
      NDArray next = layer.evaluate(values);
      values = next;
    }
    return turned(values).reshape(rows.getShape().get(0), values.getShape().get(1));
  }
}
