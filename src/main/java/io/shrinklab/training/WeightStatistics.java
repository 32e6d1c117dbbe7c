package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.penalty.PowerKernel;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Norms, zeros and histograms of a network's multiplicative weights: the same for every variant, so
 * that one without a loss penalty can be compared with one that has it.
 */
final class WeightStatistics {
  private final double p;
  private final PowerKernel kernel;
  private final double nearZero;
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
    this.nearZero = nearZero;
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
    int[] bins = new int[LayerMetrics.BINS];
    double[] nearAndExact = new double[2];
    layer
        .weights()
        .sum(
            (values, count) -> {
              nearAndExact[0] += below(nearZero, values, count);
              nearAndExact[1] += below(Float.MIN_VALUE, values, count);
              histogram(values, count, layer.limit(), bins);
              return 0;
            });
    int size = layer.weights().size();
    return new LayerMetrics(
        epoch,
        layer.name(),
        size,
        norm(powerSum),
        powerSum,
        nearAndExact[0] / size,
        nearAndExact[1] / size,
        Arrays.stream(bins).boxed().toList(),
        layer.limit());
  }

  private static int below(double limit, float[] values, int n) {
    int below = 0;
    for (int i = 0; i < n; i++) {
      below += Math.abs(values[i]) < limit ? 1 : 0;
    }
    return below;
  }

  private static void histogram(float[] values, int n, double limit, int[] bins) {
    double perUnit = bins.length / (2 * limit);
    for (int i = 0; i < n; i++) {
      int bin = (int) ((values[i] + limit) * perUnit);
      bins[Math.max(0, Math.min(bins.length - 1, bin))]++;
    }
  }
}
