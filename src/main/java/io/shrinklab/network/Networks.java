package io.shrinklab.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.NamedByContent;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.SeedStream;
import io.shrinklab.spec.Variant;
import io.shrinklab.spec.Visible;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Networks by name. */
public final class Networks {
  /** DJL puts two digits before a child's name. */
  private static final Pattern CHILD_NUMBER = Pattern.compile("^\\d{2,}(?=\\D)");

  /**
   * Values of all parameters together, at most: what is stored of them, and each copy of one, is a
   * Java array of bytes, and an archive needs some more.
   */
  private static final long MOST_VALUES = (Integer.MAX_VALUE - (1 << 20)) / Float.BYTES;

  /** A line for each kind. */
  static final KindTable<NetworkSpec, NetworkDefinition> KINDS =
      KindTable.<NetworkSpec, NetworkDefinition>of(NetworkSpec.class)
          .on(NetworkSpec.Linear.class, spec -> new Dense(outputs -> DenseLayer.of(spec, outputs)))
          .on(NetworkSpec.Mlp.class, spec -> new Dense(outputs -> DenseLayer.of(spec, outputs)))
          .on(
              NetworkSpec.Cnn.class,
              spec -> (features, outputs) -> Convolutional.lenet(spec, features, outputs))
          .on(
              NetworkSpec.ResNet.class,
              spec -> (features, outputs) -> Residual.network(spec, features, outputs))
          .on(
              NetworkSpec.Custom.class,
              spec -> (features, outputs) -> own(spec.className()).define(features, outputs))
          .on(NetworkSpec.TorchScript.class, spec -> (features, outputs) -> ScriptedModule.of(spec))
          .total();

  private Networks() {}

  /** The layers of a network of dense layers; none for any other. */
  static List<DenseLayer> layers(NetworkSpec spec, int outputs) {
    return KINDS.get(spec) instanceof Dense dense ? dense.layers().apply(outputs) : List.of();
  }

  /** Whether several such networks can be computed as one. */
  public static boolean canBeStacked(NetworkSpec spec) {
    return !layers(spec, 1).isEmpty();
  }

  /**
   * Whether such a network may be trained while another thread of the process trains, too. The
   * engine has one generator of random numbers and one recorder of gradients; dense layers need
   * neither, but where a smooth non-linearity is differentiated by it.
   */
  public static boolean canBeBeside(NetworkSpec spec) {
    return canBeStacked(spec)
        && layers(spec, 1).stream()
            .allMatch(
                layer ->
                    layer.activation() == null
                        || layer.activation() == NetworkSpec.Activation.RELU);
  }

  /**
   * How many numbers one of several stacked networks passes over in a step: its weights, their
   * gradients and two moments of an optimizer, and what a batch of so many rows is on its way
   * through it.
   */
  public static long valuesOfStep(NetworkSpec spec, Shape features, int outputs, int rows) {
    long inputs = features.size();
    long values = rows * inputs;
    for (DenseLayer layer : layers(spec, outputs)) {
      values += (4 * inputs + rows) * layer.width();
      inputs = layer.width();
    }
    return values;
  }

  /**
   * Builds networks that begin with the same weights, for training.
   *
   * @param spec which network
   * @param features shape of one row, without the batch axis
   * @param outputs width of the output
   * @param seed of the run
   * @param members how many; 1 where they cannot be stacked
   * @param manager owns the parameters
   * @throws IllegalArgumentException as {@link #create}
   */
  public static Stack stack(
      NetworkSpec spec, Shape features, int outputs, long seed, int members, NDManager manager) {
    SplittableRandom weights = SeedStream.INITIAL_WEIGHTS.of(seed);
    SplittableRandom dropout = SeedStream.DROPOUT.of(seed);
    if (canBeStacked(spec)) {
      return new GuardedStack(
          DenseStack.of(spec, features, outputs, weights, dropout, members, manager), manager);
    }
    if (members != 1) {
      throw new IllegalArgumentException(
          "members: found " + members + "; such networks are trained one by one");
    }
    Block block = create(spec, features, outputs, weights, manager);
    // The engine's dropout is the only thing that draws from its generator.
    manager.getEngine().setRandomSeed(dropout.nextInt() & Integer.MAX_VALUE);
    return new BlockNetwork(block, manager);
  }

  /**
   * Builds a network and draws its initial weights.
   *
   * @param spec which network
   * @param features shape of one row, without the batch axis
   * @param outputs width of the output: [batch, outputs], logits or predictions, no soft-max
   * @param random the run's stream of initial weights
   * @param manager owns the parameters
   * @return an initialized block of float32 parameters
   * @throws IllegalArgumentException when it does not fit the data, or is too large to be stored
   */
  public static Block create(
      NetworkSpec spec, Shape features, int outputs, SplittableRandom random, NDManager manager) {
    Block block = KINDS.get(spec).define(features, outputs);
    for (NamedParameter named : parameters(block)) {
      // A stream for each parameter: what one of them draws does not depend on the others' sizes.
      named
          .parameter()
          .setInitializer(new InitialWeights(named.parameter().getType(), random.split()));
    }
    Shape row = new Shape(1).addAll(features);
    block.initialize(manager, DataType.FLOAT32, row);
    checkSize(
        "all parameters together",
        parameters(block).stream().mapToLong(named -> named.parameter().getArray().size()).sum());
    Shape output = block.getOutputShapes(new Shape[] {row})[0];
    if (!output.equals(new Shape(1, outputs))) {
      throw new IllegalArgumentException(
          "network: gives the shape " + output + " for one row; (1, " + outputs + ") is needed");
    }
    return block;
  }

  /** Refuses now what could not be stored after the last epoch. */
  static void checkSize(String what, long values) {
    if (values > MOST_VALUES) {
      throw new IllegalArgumentException(
          "network: %s would have %s values; at most %s (2 GiB) can be stored"
              .formatted(what, values, MOST_VALUES));
    }
  }

  /**
   * All parameters of a network, in an order that is the same in every run: from input to output,
   * as the blocks were added.
   */
  public static List<NamedParameter> parameters(Block block) {
    List<NamedParameter> all = new ArrayList<>();
    collect("", block, all);
    return List.copyOf(all);
  }

  /**
   * The parameters that a network will have, without values; shapes only where a file tells them.
   * Starts the engine for a network in a file, and for no other. Names do not depend on the data,
   * so a small image stands in for a row of it.
   */
  public static List<NamedParameter> outline(NetworkSpec spec) {
    Block block = KINDS.get(spec).define(new Shape(3, 32, 32), 2);
    List<NamedParameter> parameters = parameters(block);
    // Of a file's network the values are there already.
    block.clear();
    return parameters;
  }

  /**
   * Looks at networks that are in files, before anything is trained.
   *
   * @throws NetworkException when one cannot be trained; the message names the file
   */
  public static void check(Iterable<Variant> variants) throws NetworkException {
    Set<NetworkSpec> checked = new HashSet<>();
    for (Variant variant : variants) {
      NetworkSpec network = variant.network();
      if (network instanceof NamedByContent && checked.add(network)) {
        try {
          outline(network);
        } catch (IllegalArgumentException e) {
          throw new NetworkException("variant " + variant.name() + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private static NetworkDefinition own(String className) {
    try {
      // Not initialized before it is known to be one: until then no code of it runs.
      return Class.forName(className, false, Networks.class.getClassLoader())
          .asSubclass(NetworkDefinition.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "network.className: found "
              + Visible.word(className)
              + "; a class with a public constructor without parameters that implements "
              + NetworkDefinition.class.getName()
              + " is needed ("
              + e
              + ")",
          e);
    }
  }

  private static void collect(String prefix, Block block, List<NamedParameter> all) {
    for (Pair<String, Parameter> direct : block.getDirectParameters()) {
      all.add(new NamedParameter(prefix + direct.getKey(), direct.getValue(), block));
    }
    List<String> numbered = block.getChildren().keys();
    List<String> plain =
        numbered.stream().map(key -> CHILD_NUMBER.matcher(key).replaceFirst("")).toList();
    for (int i = 0; i < numbered.size(); i++) {
      String name = plain.get(i);
      boolean unique = plain.stream().filter(name::equals).count() == 1;
      collect(
          prefix + (unique ? name : numbered.get(i)) + ".",
          block.getChildren().get(i).getValue(),
          all);
    }
  }
}
