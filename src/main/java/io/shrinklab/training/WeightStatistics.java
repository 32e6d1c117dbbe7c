package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.penalty.PowerKernel;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
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
    double perUnit = LayerMetrics.BINS / (2 * layer.limit());
    double[] nearAndExact = new double[2];
    layer
        .weights()
        .sum(
            (values, count) -> {
              for (int i = 0; i < count; i++) {
                float w = values[i];
                nearAndExact[0] += Math.abs(w) < nearZero ? 1 : 0;
                nearAndExact[1] += w == 0 ? 1 : 0;
                int bin = (int) Math.floor((w + layer.limit()) * perUnit);
                bins[Math.max(0, Math.min(bins.length - 1, bin))]++;
              }
              return 0;
            });
    int size = layer.weights().size();
    List<Integer> histogram = new ArrayList<>(bins.length);
    for (int bin : bins) {
      histogram.add(bin);
    }
    return new LayerMetrics(
        epoch,
        layer.name(),
        size,
        norm(powerSum),
        powerSum,
        nearAndExact[0] / size,
        nearAndExact[1] / size,
        histogram,
        layer.limit());
  }
}
