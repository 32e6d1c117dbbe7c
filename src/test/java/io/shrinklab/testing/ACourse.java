package io.shrinklab.testing;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.LayerStep;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Steps as a run might have taken them: 10 an epoch, two layers, nothing moves unless told to. */
public final class ACourse {
  private final RunSpec spec;
  private DoubleUnaryOperator norm = step -> 10;
  private DoubleUnaryOperator push = step -> 0;
  private DoubleUnaryOperator pull = step -> 0;
  private DoubleUnaryOperator loss = step -> 1;
  private DoubleUnaryOperator outward = step -> 0;
  private int partsAfter = Integer.MAX_VALUE;
  private boolean onWeights;
  private int layers = 2;

  private ACourse(RunSpec spec) {
    this.spec = spec;
  }

  public static ACourse of(RunSpec spec) {
    return new ACourse(spec);
  }

  public ACourse norm(DoubleUnaryOperator byStep) {
    norm = byStep;
    return this;
  }

  public ACourse push(DoubleUnaryOperator byStep) {
    push = byStep;
    return this;
  }

  public ACourse pull(DoubleUnaryOperator byStep) {
    pull = byStep;
    return this;
  }

  public ACourse loss(DoubleUnaryOperator byStep) {
    loss = byStep;
    return this;
  }

  public ACourse outward(DoubleUnaryOperator byStep) {
    outward = byStep;
    return this;
  }

  /** Its own weights from the step after this one on. */
  public ACourse partsAfter(int step) {
    partsAfter = step;
    return this;
  }

  public ACourse onWeights() {
    onWeights = true;
    return this;
  }

  public ACourse layers(int count) {
    layers = count;
    return this;
  }

  /** So many steps of it. */
  public StepCourse steps(int steps) {
    StepCourse course = new StepCourse(spec);
    for (int step = 1; step <= steps; step++) {
      List<LayerStep> each = new ArrayList<>();
      for (int layer = 1; layer <= layers; layer++) {
        each.add(layer("dense" + layer + ".weight", 100L * layer, step));
      }
      course.add(
          new StepMetrics(
              step,
              (step + 9) / 10,
              32,
              loss.applyAsDouble(step),
              0.5,
              1,
              1,
              loss.applyAsDouble(step) + 0.5,
              1,
              1,
              0.001,
              onWeights,
              layer("all weights", 300, step),
              each,
              step > partsAfter ? -step : step));
    }
    return course;
  }

  private LayerStep layer(String name, long weights, int step) {
    Map<LayerQuantity, Double> values = new EnumMap<>(LayerQuantity.class);
    for (LayerQuantity quantity : LayerQuantity.values()) {
      values.put(quantity, quantity.isCount() ? 0 : 0.01);
    }
    values.put(LayerQuantity.WEIGHT_NORM, norm.applyAsDouble(step));
    values.put(LayerQuantity.DATA_PUSH, push.applyAsDouble(step));
    values.put(LayerQuantity.PENALTY_PULL, pull.applyAsDouble(step));
    values.put(LayerQuantity.UPDATE_OUTWARD, outward.applyAsDouble(step));
    return new LayerStep(name, weights, values);
  }
}
