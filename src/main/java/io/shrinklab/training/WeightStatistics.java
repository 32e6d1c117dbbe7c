package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.penalty.PowerKernel;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Norms, zeros and histograms of a network's multiplicative weights: the same for every variant, so
 * that one without a loss penalty can be compared with one that has it.
 */
final class WeightStatistics {
  private static final int LANES = 4;

  private final double p;
  private final PowerKernel kernel;
  private final float nearZero;
  private final List<Layer> layers = new ArrayList<>();

  private record Layer(String name, Tensor weights, double limit) {}

  /**
   * Watches a network.
   *
   * @param parameters initialized: half the width of a layer's histogram is twice its largest
   *     initial weight
   * @param p exponent of norm and power sum; for p = 0 the norm is the count itself
   * @param nearZero weights below this in size are near zero
   */
  WeightStatistics(List<NamedParameter> parameters, double p, double nearZero) {
    this.p = p;
    this.kernel = PowerKernel.of(p);
    // The smallest float that is not below it: what is below one is below the other.
    float nearest = (float) nearZero;
    this.nearZero = nearest < nearZero ? Math.nextUp(nearest) : nearest;
    for (NamedParameter named : parameters) {
      if (ParameterScope.isMultiplicativeWeight(named)) {
        Tensor weights = named.tensor();
        float largest = 0;
        for (int i = 0; i < weights.size(); i++) {
          largest = Math.max(largest, Math.abs(weights.memory().get(i)));
        }
        layers.add(new Layer(named.name(), weights, largest > 0 ? 2 * largest : 1));
      }
    }
  }

  /** A row for each layer, at the present weights. */
  List<LayerMetrics> measure(int epoch) {
    return layers.stream().map(layer -> measure(epoch, layer)).toList();
  }

  /** (sum |w|^p)^(1/p), or the sum itself for p = 0. */
  double norm(double powerSum) {
    return p == 0 ? powerSum : Math.pow(powerSum, 1 / p);
  }

  private LayerMetrics measure(int epoch, Layer layer) {
    double powerSum = layer.weights().sum(kernel::powerSum);
    double near = layer.weights().sum((values, count) -> below(nearZero, values, count));
    double exact = layer.weights().sum((values, count) -> below(Float.MIN_VALUE, values, count));
    int[][] lanes = new int[LANES][LayerMetrics.BINS];
    layer.weights().sum((values, count) -> histogram(values, count, layer.limit(), lanes));
    int size = layer.weights().size();
    return new LayerMetrics(
        epoch,
        layer.name(),
        size,
        norm(powerSum),
        powerSum,
        near / size,
        exact / size,
        IntStream.range(0, LayerMetrics.BINS)
            .mapToObj(bin -> Arrays.stream(lanes).mapToInt(lane -> lane[bin]).sum())
            .toList(),
        layer.limit());
  }

  /** How many are below in size. */
  private static int below(float limit, float[] values, int n) {
    int below = 0;
    for (int i = 0; i < n; i++) {
      below += Math.abs(values[i]) < limit ? 1 : 0;
    }
    return below;
  }

  /** Neighbours count in lanes of their own: an addition to one bin waits for the one before. */
  private static double histogram(float[] values, int n, double limit, int[][] lanes) {
    double perUnit = LayerMetrics.BINS / (2 * limit);
    int last = LayerMetrics.BINS - 1;
    for (int i = 0; i < n; i++) {
      int bin = (int) ((values[i] + limit) * perUnit);
      lanes[i % LANES][Math.max(0, Math.min(last, bin))]++;
    }
    return 0;
  }
}
