package io.shrinklab.sweep;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.shrinklab.network.NetworkDefinition;

/** A network whose activations have 2 to the 50 values, for which no machine has addresses. */
public final class AbsurdNetwork implements NetworkDefinition {
  private static boolean defined;

  /** For experiment files. */
  public AbsurdNetwork() {}

  @Override
  public Block define(Shape features, int outputs) {
    defined = true;
    return new SequentialBlock()
        .add(new LambdaBlock(AbsurdNetwork::ask, "ask"))
        .add(Modest.of(outputs));
  }

  private static NDList ask(NDList input) {
    input.head().getManager().zeros(new Shape(1L << 50)).close();
    return input;
  }

  /** A network of sense, that refuses a process where the other one has been. */
  public static final class Modest implements NetworkDefinition {
    /** For experiment files. */
    public Modest() {}

    @Override
    public Block define(Shape features, int outputs) {
      if (defined) {
        throw new IllegalStateException("this process has run out of memory before");
      }
      return of(outputs);
    }

    private static Block of(int outputs) {
      return new SequentialBlock()
          .add(Blocks.batchFlattenBlock())
          .add(Linear.builder().setUnits(outputs).build());
    }
  }
}
