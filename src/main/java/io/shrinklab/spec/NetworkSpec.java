package io.shrinklab.spec;

import java.util.List;
import java.util.regex.Pattern;

/** The function that is trained. Input and output shapes come from the data. */
public sealed interface NetworkSpec
    permits NetworkSpec.Linear,
        NetworkSpec.Mlp,
        NetworkSpec.Cnn,
        NetworkSpec.ResNet,
        NetworkSpec.Custom,
        NetworkSpec.TorchScript {

  /** Reports what does not fit the data. */
  default void checkWith(DataSpec data, Check.Reporter reporter) {
    if (needsImages() && !data.hasImages()) {
      reporter.problem(
          "kind",
          KindTable.name(getClass()),
          "linear, mlp, custom or torchscript: the data is a table, and this network needs images");
    }
  }

  /** Whether its output is linear in the features, so that its weights are coefficients. */
  boolean isLinear();

  /** Whether it can't be trained on rows that are no images. */
  boolean needsImages();

  /** Whether it may have normalization layers, and so scales. */
  default boolean hasScales() {
    return true;
  }

  /** The user's own class that defines it; empty for kinds that need none. */
  default String className() {
    return "";
  }

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
      implements NetworkSpec {
    @Override
    public boolean isLinear() {
      return true;
    }

    @Override
    public boolean needsImages() {
      return false;
    }

    @Override
    public boolean hasScales() {
      return false;
    }
  }

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

    @Override
    public boolean isLinear() {
      return false;
    }

    @Override
    public boolean needsImages() {
      return false;
    }

    @Override
    public boolean hasScales() {
      return batchNorm;
    }
  }

  /** A convolutional network of LeNet's kind. */
  @Kind("cnn")
  @Doc(
      "A convolutional network of LeNet's kind, for images: convolutions of stride 1 that keep the size, each halved by max pooling, then dense layers.")
  record Cnn(
      @Doc("Channels of the convolutions, from input to output.")
          @Range(min = 1, max = 4096)
          @Default("[6, 16]")
          List<Integer> channels,
      @Doc("Width of the square kernels; odd.") @Range(min = 1, max = 31) @Default("5") int kernel,
      @Doc("Widths of the dense layers after the convolutions.")
          @Range(min = 1, max = 65536)
          @Default("[120, 84]")
          List<Integer> hidden,
      @Doc("The non-linearity after each convolution and hidden layer.") @Default("\"relu\"")
          Activation activation,
      @Doc("Share of hidden units dropped in training, after each dense layer.")
          @Range(min = 0, max = 1, belowMax = true)
          @Default("0")
          double dropout,
      @Doc("Whether each convolution and hidden layer is batch-normalized.") @Default("false")
          boolean batchNorm)
      implements NetworkSpec, Check {
    /** Copies the lists. */
    public Cnn {
      channels = List.copyOf(channels);
      hidden = List.copyOf(hidden);
    }

    @Override
    public boolean isLinear() {
      return false;
    }

    @Override
    public boolean needsImages() {
      return true;
    }

    @Override
    public boolean hasScales() {
      return batchNorm;
    }

    @Override
    public void check(Reporter reporter) {
      if (kernel % 2 == 0) {
        reporter.problem("kernel", kernel, "an odd number, so that the image keeps its size");
      }
      if (channels.isEmpty()) {
        reporter.problem("channels", channels, "at least one; for none take an mlp");
      }
    }
  }

  /** A residual network. */
  @Kind("resnet")
  @Doc(
      "A residual network (He et al. 2016) for images: small is the CIFAR kind (3 x 3 stem, stages of 16, 32 and 64 channels), resnet18 has stages of 64, 128, 256 and 512 channels and the same small stem.")
  record ResNet(
      @Doc("small or resnet18.") @Default("\"small\"") Size size,
      @Doc("Blocks of two convolutions per stage, for small: depth is 6 x blocks + 2.")
          @Range(min = 1, max = 18)
          @Default("3")
          int blocks)
      implements NetworkSpec, Check {
    /** The two kinds. */
    public enum Size {
      SMALL,
      RESNET18
    }

    @Override
    public boolean isLinear() {
      return false;
    }

    @Override
    public boolean needsImages() {
      return true;
    }

    @Override
    public void check(Reporter reporter) {
      if (size == Size.RESNET18 && blocks != 3) {
        reporter.problem("blocks", blocks, "left out: resnet18 has two blocks per stage");
      }
    }
  }

  /** A user's own network. */
  @Kind("custom")
  @Doc("A network of your own: a class on the class path.")
  record Custom(
      @Doc(
              "The full name of a class with a public constructor without parameters that implements io.shrinklab.network.NetworkDefinition.")
          String className)
      implements NetworkSpec, Check {
    @Override
    public boolean isLinear() {
      return false;
    }

    @Override
    public boolean needsImages() {
      return false;
    }

    @Override
    public void check(Reporter reporter) {
      // Looked for and not loaded: whether it may be is asked later.
      if (className.indexOf('/') >= 0
          || Custom.class.getClassLoader().getResource(className.replace('.', '/') + ".class")
              == null) {
        reporter.problem(
            "className", className, "needs the full name of a class on the class path");
      }
    }
  }

  /** PyTorch's own. */
  @Kind("torchscript")
  @Doc(
      "A network of PyTorch's: the file that torch.jit.script(module).save(file) writes. Parameters have PyTorch's names.")
  record TorchScript(
      @Doc("The file: absolute, or below the working directory.") @NotIdentity String file,
      @Doc(
              "sha256: and the hex digest of the file. Runs are named by it; left out, it is found out.")
          @Default("\"\"")
          String checksum,
      @Doc(
              "Where initial weights are from. file: from the file, the same for all seeds; seed: drawn anew for each seed, what has \"weight\" in its name as for other networks, what has \"bias\" in it 0, all else as in the file.")
          @Default("\"file\"")
          Initial initial)
      implements NetworkSpec, NamedByContent, Check {
    private static final Pattern CHECKSUM = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Where initial weights are from. */
    public enum Initial {
      /** As the file has them. */
      FILE,
      /** Drawn from the run's seed. */
      SEED
    }

    @Override
    public boolean isLinear() {
      return false;
    }

    @Override
    public boolean needsImages() {
      return false;
    }

    @Override
    public TorchScript withChecksum(String found) {
      return new TorchScript(file, found, initial);
    }

    @Override
    public void check(Reporter reporter) {
      if (!checksum.isEmpty() && !CHECKSUM.matcher(checksum).matches()) {
        reporter.problem(
            "checksum", checksum, "sha256: and 64 hex digits in lower case, or nothing");
      }
    }
  }
}
