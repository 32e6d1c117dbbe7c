package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * K networks of dense layers that see the same rows, computed as one: a parameter of all of them is
 * one array [K, ...], a layer is one batched product, and each network's parameters are views of
 * its part. The backward pass is written out by layer, which saves what automatic differentiation
 * keeps and copies.
 */
final class DenseStack {
  private final Design design;
  private final int members;
  private final NDManager manager;

  /** By the rows themselves, which are few and lasting: batches and parts. */
  private final IdentityHashMap<NDArray, Columns> columns = new IdentityHashMap<>();

  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<String> statistics;
  private final List<StackedLayer> layers = new ArrayList<>();
  private final List<List<NamedParameter>> parameters = new ArrayList<>();

  /** Of the trained parameters in their order: where the last backward pass left the gradient. */
  private final List<Supplier<Tensor>> gradients = new ArrayList<>();

  /**
   * What all networks of a stack have in common.
   *
   * @param features shape of one row, without the batch axis
   * @param outputs width of the output
   * @param dropout of the seed: what the masks are drawn from
   */
  private record Design(NetworkSpec spec, Shape features, int outputs, long dropout) {
    /** A network without values. */
    Block block() {
      return Networks.KINDS.get(spec).define(features, outputs);
    }
  }

  /**
   * Rows of data as all networks see them.
   *
   * @param values [K, in, n], a view
   */
  private record Columns(NDArray values, int n) {}

  private DenseStack(Design design, int members, Map<String, Shape> shapes, NDManager manager) {
    this.manager = manager;
    this.design = design;
    this.members = members;
    shapes.forEach(
        (name, shape) ->
            arrays.put(name, manager.zeros(new Shape(members).addAll(shape), DataType.FLOAT32)));
    arrays.forEach((name, array) -> tensors.put(name, Tensor.of(array)));
    SplittableRandom dropout = new SplittableRandom(design.dropout());
    Networks.layers(design.spec(), design.outputs()).forEach(layer -> build(layer, dropout));
    for (int member = 0; member < members; member++) {
      List<NamedParameter> own = Networks.parameters(design.block());
      for (NamedParameter named : own) {
        NDArray all = array(named.name());
        NDArray part = members == 1 ? all : all.split(members).get(member);
        named.parameter().setArray(part.reshape(all.getShape().slice(1)));
      }
      parameters.add(own);
    }
    statistics =
        parameters.get(0).stream()
            .filter(named -> !named.parameter().requiresGradient())
            .map(NamedParameter::name)
            .toList();
  }

  /**
   * Builds networks that begin with the same weights, those that one alone would begin with.
   *
   * @param spec a network of dense layers
   * @param features shape of one row, without the batch axis
   * @param outputs width of the output
   * @param weights the seed's stream of initial weights
   * @param dropout the seed's stream of dropout
   * @param members how many, K
   * @param manager owns the parameters
   */
  static DenseStack of(
      NetworkSpec spec,
      Shape features,
      int outputs,
      SplittableRandom weights,
      SplittableRandom dropout,
      int members,
      NDManager manager) {
    try (NDManager passing = manager.newSubManager()) {
      Design design = new Design(spec, features, outputs, dropout.nextLong());
      List<NamedParameter> first =
          Networks.parameters(Networks.create(spec, features, outputs, weights, passing));
      Map<String, Shape> shapes = new LinkedHashMap<>();
      first.forEach(named -> shapes.put(named.name(), named.parameter().getArray().getShape()));
      DenseStack stack = new DenseStack(design, members, shapes, manager);
      for (List<NamedParameter> own : stack.parameters) {
        for (int i = 0; i < own.size(); i++) {
          own.get(i).tensor().copyFrom(first.get(i).tensor());
        }
      }
      return stack;
    }
  }

  /**
   * So many networks of the same kind, with weights that are yet to be taken.
   *
   * @param manager owns them
   */
  DenseStack ofSize(int size, NDManager manager) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    arrays.forEach((name, array) -> shapes.put(name, array.getShape().slice(1)));
    return new DenseStack(design, size, shapes, manager);
  }

  private void build(DenseLayer layer, SplittableRandom dropout) {
    NDArray weights = array(layer.name() + ".weight");
    int width = Math.toIntExact(weights.getShape().get(1));
    StackedProduct product = new StackedProduct(weights);
    layers.add(product);
    gradients.add(product::gradient);
    List<RowStage> stages = new ArrayList<>();
    if (layer.bias()) {
      Bias bias = new Bias(tensor(layer.name() + ".bias"));
      stages.add(bias);
      gradients.add(bias::gradient);
    }
    if (layer.norm() != null) {
      stages.add(normalization(layer.norm()));
    }
    if (layer.activation() == NetworkSpec.Activation.RELU) {
      stages.add(new Rectifier());
    } else if (layer.activation() != null) {
      layers.add(new StackedRows(width, stages));
      stages = new ArrayList<>();
      layers.add(new StackedActivation(layer.activation()));
    }
    if (layer.dropout() > 0) {
      stages.add(new DropoutMask(layer.dropout(), dropout.nextLong()));
    }
    if (!stages.isEmpty()) {
      layers.add(new StackedRows(width, stages));
    }
  }

  private Normalization normalization(String name) {
    Normalization norm =
        new Normalization(
            new Normalization.Memory(
                tensor(name + ".gamma"),
                tensor(name + ".beta"),
                tensor(name + ".runningMean"),
                tensor(name + ".runningVar")));
    gradients.add(norm::scaleGradient);
    gradients.add(norm::shiftGradient);
    return norm;
  }

  private NDArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private Tensor tensor(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** Copies a network of another stack, running statistics included, over one of these. */
  void take(int member, DenseStack from, int other) {
    tensors.forEach((name, tensor) -> take(tensor, member, from, name, other));
  }

  /** Copies its running statistics only. */
  void takeStatistics(int member, DenseStack from, int other) {
    statistics.forEach(name -> take(tensor(name), member, from, name, other));
  }

  private void take(Tensor tensor, int member, DenseStack from, String name, int other) {
    tensor.part(member, members).copyFrom(from.tensor(name).part(other, from.members));
  }

  /** How many networks, K. */
  int members() {
    return members;
  }

  /** All parameters of one of them, in the order of {@link Networks#parameters}. */
  List<NamedParameter> parameters(int member) {
    return parameters.get(member);
  }

  /**
   * One forward and backward pass of training.
   *
   * @param rows [n, ...]; the same array with every use of the same rows
   * @param step of the run, counted from 0; dropout depends on it
   * @param slope from the outputs, [K, outputs, n], to the gradient by them
   */
  void backward(NDArray rows, long step, UnaryOperator<NDArray> slope) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Columns columns = columns(rows);
      NDArray values = columns.values();
      for (StackedLayer layer : layers) {
        values = layer.forward(values, columns.n(), step);
      }
      NDArray gradient = slope.apply(values);
      for (int i = layers.size() - 1; i >= 0; i--) {
        gradient = layers.get(i).backward(gradient, columns.n(), i > 0);
      }
    }
  }

  /** [n, ...] as [K, in, n], without copying; made once for an array. */
  private Columns columns(NDArray rows) {
    Columns known = columns.get(rows);
    if (known == null) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        long n = rows.getShape().get(0);
        NDArray flat = rows.reshape(n, rows.getShape().size() / n).swapAxes(0, 1).expandDims(0);
        NDArray all = flat.broadcast(new Shape(members).addAll(flat.getShape().slice(1)));
        NDScope.unregister(all);
        all.attach(manager);
        known = new Columns(all, Math.toIntExact(n));
      }
      columns.put(rows, known);
    }
    return known;
  }

  /** By one network's trained parameters, of the last backward pass; valid until the next. */
  List<Tensor> gradients(int member) {
    return gradients.stream().map(made -> made.get().part(member, members)).toList();
  }

  /**
   * The networks in evaluation mode.
   *
   * @param rows [n, ...]; the same array with every use of the same rows
   * @return [K, outputs, n]
   */
  NDArray evaluate(NDArray rows) {
    Columns columns = columns(rows);
    NDArray values = columns.values();
    for (StackedLayer layer : layers) {
      values = layer.evaluate(values, columns.n());
    }
    return values;
  }
}
