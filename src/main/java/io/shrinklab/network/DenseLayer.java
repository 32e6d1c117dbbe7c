package io.shrinklab.network;

import io.shrinklab.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of a dense network consists of, in order.
 *
 * @param name of the affine map
 * @param bias whether it has one
 * @param norm the name of the batch normalization behind it; null for none
 * @param activation null for none
 * @param dropout its rate; 0 for none
 */
record DenseLayer(
    String name,
    boolean bias,
    @Nullable String norm,
    NetworkSpec.@Nullable Activation activation,
    double dropout) {

  /** Of a linear network. */
  static List<DenseLayer> of(NetworkSpec.Linear spec) {
    return List.of(new DenseLayer("output", spec.bias(), null, null, 0));
  }

  /** Of a multi-layer perceptron. */
  static List<DenseLayer> of(NetworkSpec.Mlp spec) {
    List<DenseLayer> layers = new ArrayList<>();
    for (int number = 1; number <= spec.hidden().size(); number++) {
      String norm = spec.batchNorm() ? "norm" + number : null;
      layers.add(new DenseLayer("dense" + number, true, norm, spec.activation(), spec.dropout()));
    }
    layers.add(new DenseLayer("output", true, null, null, 0));
    return layers;
  }
}
