package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.LayerStep;
import io.shrinklab.penalty.Action;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.penalty.Regularizer;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures what a step does to each parameter: reads weights and gradients beside the optimizer,
 * and changes neither.
 */
final class StepRecorder implements Optimizer.Witness {
  /** 64-bit FNV-1a's offset and prime, taken over floats in place of bytes. */
  private static final long HASH_OFFSET = 0xcbf29ce484222325L;

  private static final long HASH_PRIME = 0x100000001b3L;

  private final Regularizer regularizer;
  private final List<Watched> parameters = new ArrayList<>();
  private final boolean anyWeights;
  private boolean onWeights;
  private long fingerprint;
  private List<LayerStep> layers = List.of();
  private LayerStep weights = new LayerStep("", 0, Map.of());

  /** A parameter, and what is known of it in the present step. */
  private static final class Watched {
    private final String name;
    private final Tensor tensor;
    private final boolean multiplicative;

    /** As the step found it. */
    private final float[] before;

    /** Gradients, and then the weights as the step left them. */
    private final float[] other;

    private Sums sums = new Sums();

    Watched(NamedParameter named) {
      name = named.name();
      tensor = named.tensor();
      multiplicative = ParameterScope.isMultiplicativeWeight(named);
      before = new float[tensor.size()];
      other = new float[tensor.size()];
    }
  }

  /** Sums over elements, which may be added up over parameters. */
  private static final class Sums {
    private long count;
    private double weightSquares;
    private double dataSquares;
    private double dataAlong;
    private double penaltySquares;
    private double penaltyAlong;
    private double displacedAlong;
    private double updateSquares;
    private double updateAlong;
    private double zeros;
    private double deadUnits;

    void add(Sums more) {
      count += more.count;
      weightSquares += more.weightSquares;
      dataSquares += more.dataSquares;
      dataAlong += more.dataAlong;
      penaltySquares += more.penaltySquares;
      penaltyAlong += more.penaltyAlong;
      displacedAlong += more.displacedAlong;
      updateSquares += more.updateSquares;
      updateAlong += more.updateAlong;
      zeros += more.zeros;
      deadUnits += more.deadUnits;
    }
  }

  /** Watches the parameters that a step moves. */
  StepRecorder(List<NamedParameter> trained, Step step) {
    regularizer = step.regularizer();
    trained.forEach(named -> parameters.add(new Watched(named)));
    anyWeights = parameters.stream().anyMatch(each -> each.multiplicative);
    step.tell(this);
  }

  /**
   * Looks before the step.
   *
   * @param gradients of the data loss
   */
  void before(List<Tensor> gradients) {
    onWeights =
        IntStream.range(0, parameters.size())
            .anyMatch(i -> regularizer.action(i) instanceof Action.OnWeights);
    fingerprint = HASH_OFFSET;
    for (int i = 0; i < parameters.size(); i++) {
      Watched each = parameters.get(i);
      Sums sums = new Sums();
      each.sums = sums;
      float[] w = each.before;
      each.tensor.memory().get(0, w);
      sums.count = w.length;
      float[] v = each.other;
      gradients.get(i).memory().get(0, v);
      for (int k = 0; k < w.length; k++) {
        fingerprint = (fingerprint ^ Float.floatToRawIntBits(w[k])) * HASH_PRIME;
        sums.weightSquares += (double) w[k] * w[k];
        sums.dataSquares += (double) v[k] * v[k];
        sums.zeros += w[k] == 0 ? 1 : 0;
      }
      sums.dataAlong = along(v, w);
      sums.deadUnits = each.multiplicative ? deadUnits(v, each.tensor.groupLength()) : Double.NaN;
      regularizer.gradient(i, v);
      for (float c : v) {
        sums.penaltySquares += (double) c * c;
      }
      sums.penaltyAlong = along(v, w);
    }
  }

  private static double along(float[] v, float[] w) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) {
      sum += (double) v[k] * w[k];
    }
    return sum;
  }

  /** Groups of which every element is 0. */
  private static double deadUnits(float[] gradient, int group) {
    int dead = 0;
    for (int from = 0; from + group <= gradient.length; from += group) {
      int first = from;
      dead += IntStream.range(0, group).allMatch(k -> gradient[first + k] == 0) ? 1 : 0;
    }
    return dead;
  }

  @Override
  public void displaced(int parameter, int from, float[] before, float[] after, int count) {
    Watched each = parameters.get(parameter);
    for (int k = 0; k < count; k++) {
      each.sums.displacedAlong += ((double) before[k] - after[k]) * each.before[from + k];
    }
  }

  /**
   * Looks after it.
   *
   * @param rate the step's learning rate
   */
  void after(double rate) {
    Sums all = new Sums();
    List<LayerStep> steps = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Watched each = parameters.get(i);
      Sums sums = each.sums;
      each.tensor.memory().get(0, each.other);
      for (int k = 0; k < each.before.length; k++) {
        double update = (double) each.other[k] - each.before[k];
        sums.updateSquares += update * update;
        sums.updateAlong += update * each.before[k];
      }
      if (regularizer.action(i) instanceof Action.DecoupledDecay decoupled) {
        // The optimizer takes it away itself, and tells nobody.
        sums.displacedAlong = rate * decoupled.decay() * sums.weightSquares;
      }
      steps.add(row(each.name, sums, rate));
      if (each.multiplicative || !anyWeights) {
        all.add(sums);
      }
    }
    layers = List.copyOf(steps);
    weights = row("all weights", all, rate);
  }

  private LayerStep row(String layer, Sums sums, double rate) {
    double norm = Math.sqrt(sums.weightSquares);
    double outward = sums.updateAlong / norm;
    double pull = onWeights ? sums.displacedAlong / norm / rate : sums.penaltyAlong / norm;
    double update = Math.sqrt(sums.updateSquares);
    Map<LayerQuantity, Double> values = new EnumMap<>(LayerQuantity.class);
    values.put(LayerQuantity.WEIGHT_NORM, norm);
    values.put(LayerQuantity.DATA_GRADIENT_NORM, Math.sqrt(sums.dataSquares));
    values.put(LayerQuantity.PENALTY_GRADIENT_NORM, Math.sqrt(sums.penaltySquares));
    values.put(LayerQuantity.DATA_PUSH, onWeights ? outward / rate + pull : -sums.dataAlong / norm);
    values.put(LayerQuantity.PENALTY_PULL, pull);
    values.put(LayerQuantity.UPDATE_NORM, update);
    values.put(LayerQuantity.RELATIVE_UPDATE, norm == 0 ? Double.NaN : update / norm);
    values.put(LayerQuantity.UPDATE_OUTWARD, outward);
    values.put(LayerQuantity.EXACT_ZEROS, sums.zeros);
    values.put(LayerQuantity.DEAD_UNITS, sums.deadUnits);
    return new LayerStep(layer, sums.count, values);
  }

  /** Whether the penalty acts on the weights and not through the gradient, in the last step. */
  boolean onWeights() {
    return onWeights;
  }

  /** All multiplicative weights together, in the last step. */
  LayerStep weights() {
    return weights;
  }

  /** Every parameter, in the last step. */
  List<LayerStep> layers() {
    return layers;
  }

  /** Of the bits of all parameters as the last step found them. */
  long fingerprint() {
    return fingerprint;
  }
}
