package io.shrinklab.experiment;

import java.util.List;

/** The function that is trained. Input and output shapes come from the data. */
public sealed interface NetworkSpec {

  /** The non-linearity between layers. */
  enum Activation {
    RELU,
    TANH,
    SIGMOID,
    GELU
  }

  /** One affine map. */
  @Kind("linear")
  @Doc("One affine map from inputs to outputs: linear or softmax regression.")
  record Linear(@Doc("Whether a bias is added.") @Default("true") boolean bias)
      implements NetworkSpec {}

  /** A multi-layer perceptron. */
  @Kind("mlp")
  @Doc("A multi-layer perceptron: affine maps with a non-linearity between them.")
  record Mlp(
      @Doc("Widths of the hidden layers, from input to output.")
          @Range(min = 1, max = 65536)
          @Default("[128, 64]")
          List<Integer> hidden,
      @Doc("The non-linearity after each hidden layer.") @Default("\"relu\"") Activation activation,
      @Doc("Share of hidden units dropped in training, after each hidden layer.")
          @Range(min = 0, max = 1, belowMax = true)
          @Default("0")
          double dropout,
      @Doc("Whether each hidden layer is batch-normalized before its non-linearity.")
          @Default("false")
          boolean batchNorm)
      implements NetworkSpec {
    /** Copies the list. */
    public Mlp {
      hidden = List.copyOf(hidden);
    }
  }
}
