package io.shrinklab.network;

import io.shrinklab.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of a dense network consists of, in order.
 *
 * @param name of the affine map
 * @param width how many units
 * @param bias whether it has one
 * @param norm the name of the batch normalization behind it; null for none
 * @param activation null for none
 * @param dropout its rate; 0 for none
 */
record DenseLayer(
    String name,
    int width,
    boolean bias,
    @Nullable String norm,
    NetworkSpec.@Nullable Activation activation,
    double dropout) {

  /** Of a linear network. */
  static List<DenseLayer> of(NetworkSpec.Linear spec, int outputs) {
    return List.of(new DenseLayer("output", outputs, spec.bias(), null, null, 0));
  }

  /** Of a multi-layer perceptron. */
  static List<DenseLayer> of(NetworkSpec.Mlp spec, int outputs) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int width : spec.hidden()) {
      int number = layers.size() + 1;
      String norm = spec.batchNorm() ? "norm" + number : null;
      layers.add(
          new DenseLayer("dense" + number, width, true, norm, spec.activation(), spec.dropout()));
    }
    layers.add(new DenseLayer("output", outputs, true, null, null, 0));
    return layers;
  }
}
