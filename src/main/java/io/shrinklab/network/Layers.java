package io.shrinklab.network;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/** Layers one after the other, each with a name; DJL's SequentialBlock has class names only. */
final class Layers extends AbstractBlock {
  private boolean initialized;

  /** Appends a layer. */
  Layers add(String name, Block layer) {
    addChildBlock(name, layer);
    return this;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDList current = inputs;
    boolean ours = false;
    for (Block layer : children.values()) {
      NDList next = layer.forward(parameterStore, current, training);
      boolean changed = !next.head().getUid().equals(current.head().getUid());
      // Training needs every activation for its gradients; an evaluation of many rows would hold
      // them all to its end for nothing. A view keeps the memory that it shares.
      if (!training && ours && changed) {
        current.close();
      }
      ours |= changed;
      current = next;
    }
    return current;
  }

  /**
   * DJL asks before every forward pass of training and gathers the parameters of all layers each
   * time to answer. Nothing here takes a parameter back once it has its values.
   */
  @Override
  public boolean isInitialized() {
    initialized = initialized || super.isInitialized();
    return initialized;
  }

  @Override
  public void clear() {
    super.clear();
    initialized = false;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block layer : children.values()) {
      layer.initialize(manager, dataType, shapes);
      shapes = layer.getOutputShapes(shapes);
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape[] shapes = inputShapes;
    for (Block layer : children.values()) {
      shapes = layer.getOutputShapes(shapes);
    }
    return shapes;
  }
}
