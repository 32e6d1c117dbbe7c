package io.shrinklab.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.NetworkSpec.TorchScript.Initial;
import io.shrinklab.tensor.EngineStart;
import io.shrinklab.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A network of PyTorch's, which its interpreter runs. Its parameters have PyTorch's names and
 * order, and the values of the file. Those that the file has no gradient for are not trained:
 * buffers, and what the author froze.
 */
final class ScriptedModule extends AbstractBlock {
  private final NetworkSpec.TorchScript spec;
  private final NDManager own;
  private final PtSymbolBlock module;
  private boolean trains;

  /** What is drawn from the seed, each with what holds its values. */
  private final List<Parameter> drawn = new ArrayList<>();

  private ScriptedModule(NetworkSpec.TorchScript spec, NDManager own) throws IOException {
    this.spec = spec;
    this.own = own;
    // As PyTorch computes without it: to the same bits, and no first steps that trace the module.
    JniUtils.setGraphExecutorOptimize(false);
    module = JniUtils.loadModule((PtNDManager) own, ScriptFile.open(spec), false, false);
    // The file says which mode it was saved in.
    JniUtils.enableInferenceMode(module);
  }

  /**
   * Loads a module.
   *
   * @throws IllegalArgumentException when it cannot be trained; the message names the file
   */
  static ScriptedModule of(NetworkSpec.TorchScript spec) {
    NDManager own = EngineStart.singleThreaded().newBaseManager();
    try {
      ScriptedModule loaded = new ScriptedModule(spec, own);
      loaded.addParameters();
      return loaded;
    } catch (EngineException | IOException e) {
      own.close();
      throw new IllegalArgumentException(
          "network.file: " + spec.file() + " cannot be loaded: " + cause(e), e);
    } catch (IllegalArgumentException e) {
      own.close();
      throw e;
    }
  }

  private void addParameters() {
    boolean any = false;
    for (Pair<String, Parameter> each : module.getDirectParameters()) {
      String name = each.getKey();
      NDArray values = each.getValue().getArray();
      boolean trained = values.hasGradient();
      if (values.getDataType() == DataType.FLOAT32) {
        add(name, values, trained);
      } else if (trained) {
        throw unfit(
            "parameter %s is %s; float32 is needed: module.float() before it is saved"
                .formatted(name, values.getDataType()));
      }
      any |= trained;
    }
    if (!any) {
      throw unfit("has no parameter that can be trained: none, or requires_grad is off for all");
    }
  }

  private void add(String name, NDArray values, boolean trained) {
    Parameter.Type type = trained ? typeOf(name, values.getShape()) : typeOfBuffer(name);
    Parameter parameter =
        addParameter(
            Parameter.builder()
                .setName(name)
                .setType(type)
                .optRequiresGrad(trained)
                .optShape(values.getShape())
                .optArray(values)
                .build());
    if (spec.initial() == Initial.SEED && type != Parameter.Type.OTHER) {
      drawn.add(parameter);
    }
  }

  /**
   * What PyTorch's name says: "weight" in it is the rule by which people choose what is penalized.
   * Those with one axis are scales, of normalization layers in general.
   */
  private static Parameter.Type typeOf(String name, Shape shape) {
    if (name.contains("weight")) {
      return shape.dimension() < 2 ? Parameter.Type.GAMMA : Parameter.Type.WEIGHT;
    }
    return name.contains("bias") ? Parameter.Type.BIAS : Parameter.Type.OTHER;
  }

  private static Parameter.Type typeOfBuffer(String name) {
    if (name.endsWith("running_mean")) {
      return Parameter.Type.RUNNING_MEAN;
    }
    return name.endsWith("running_var") ? Parameter.Type.RUNNING_VAR : Parameter.Type.OTHER;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
    manager.attachInternal(UUID.randomUUID().toString(), own);
    for (Parameter parameter : drawn) {
      try (NDArray values =
          parameter.getInitializer().initialize(own, parameter.getShape(), dataType)) {
        Tensor.of(parameter.getArray()).copyFrom(Tensor.of(values));
      }
    }
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore parameterStore,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    if (training != trains) {
      trains = training;
      if (training) {
        JniUtils.enableTrainingMode(module);
      } else {
        JniUtils.enableInferenceMode(module);
      }
    }
    return IValueUtils.forward(module, inputs, training);
  }

  /** In evaluation mode, of rows that are all 0. */
  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    try (NDManager passing = own.newSubManager()) {
      NDList rows = new NDList(passing.zeros(inputShapes[0]));
      NDList outputs = forwardInternal(new ParameterStore(), rows, false, null);
      if (outputs.size() != 1) {
        throw unfit("gives " + outputs.size() + " arrays; one is needed, [batch, outputs]");
      }
      return new Shape[] {outputs.get(0).getShape()};
    } catch (EngineException | UnsupportedOperationException e) {
      throw unfit(
          "does not take a batch of the data's rows, of the shape %s, or gives no array of floats: %s"
              .formatted(inputShapes[0], cause(e)),
          e);
    }
  }

  /** Gives the module back, and with it all values. */
  @Override
  public void clear() {
    super.clear();
    own.close();
  }

  private IllegalArgumentException unfit(String what) {
    return unfit(what, null);
  }

  private IllegalArgumentException unfit(String what, @Nullable Throwable cause) {
    return new IllegalArgumentException("network.file: " + spec.file() + " " + what, cause);
  }

  /** The line of the engine's report that says what is wrong; the others are its own stack. */
  private static String cause(Exception e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    return lines.stream()
        .filter(line -> line.contains("Error: "))
        .reduce((first, last) -> last)
        .orElse(lines.isEmpty() ? "" : lines.get(0));
  }
}
