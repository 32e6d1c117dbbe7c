package io.shrinklab.training;

import io.shrinklab.network.NamedParameter;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.penalty.PowerKernel;
import io.shrinklab.tensor.FloatBits;
import io.shrinklab.tensor.Portions;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Norms, zeros and histograms of a network's multiplicative weights: the same for every variant, so
 * that one without a loss penalty can be compared with one that has it.
 */
final class WeightStatistics {
  private static final int LANES = 4;

  private final double p;
  private final PowerKernel kernel;
  private final FloatBits bits = new FloatBits(Portions.LENGTH);
  private final int[] portion = new int[Portions.LENGTH];

  /** The bits of the smallest float that is not near zero. */
  private final int nearZero;

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
    this.nearZero = Float.floatToRawIntBits(nearest < nearZero ? Math.nextUp(nearest) : nearest);
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
    Counts counts = new Counts(layer.limit());
    // The power sum comes last, since it may change its copies.
    double powerSum =
        layer
            .weights()
            .sum(
                (values, count) -> {
                  counts.add(values, count);
                  return kernel.powerSum(values, count);
                });
    double size = layer.weights().size();
    return new LayerMetrics(
        epoch,
        layer.name(),
        layer.weights().size(),
        norm(powerSum),
        powerSum,
        counts.near / size,
        counts.exact / size,
        counts.bins(),
        layer.limit());
  }

  /** What is counted of a layer, in one pass over its weights. */
  private final class Counts {
    private final int[] lanes = new int[LANES * LayerMetrics.BINS];
    private final double limit;
    private final double binsPerUnit;
    private long near;
    private long exact;

    Counts(double limit) {
      this.limit = limit;
      this.binsPerUnit = LayerMetrics.BINS / (2 * limit);
    }

    void add(float[] values, int count) {
      bits.of(values, 0, count, portion);
      near += below(nearZero, portion, count);
      exact += below(1, portion, count);
      histogram(values, count, limit, binsPerUnit, lanes);
    }

    List<Integer> bins() {
      Integer[] bins = new Integer[LayerMetrics.BINS];
      for (int bin = 0; bin < bins.length; bin++) {
        int sum = 0;
        for (int at = bin; at < lanes.length; at += LayerMetrics.BINS) {
          sum += lanes[at];
        }
        bins[bin] = sum;
      }
      return List.of(bins);
    }
  }

  /** How many are below in size, by their bits: those of positive floats are in their order. */
  private static int below(int limit, int[] bits, int n) {
    int below = 0;
    for (int i = 0; i < n; i++) {
      below += ((bits[i] & Integer.MAX_VALUE) - limit) >>> 31;
    }
    return below;
  }

  /** Neighbours count in lanes of their own: an addition to one bin waits for the one before. */
  private static void histogram(
      float[] values, int n, double limit, double binsPerUnit, int[] lanes) {
    int i = 0;
    for (; i + LANES <= n; i += LANES) {
      lanes[bin(values[i], limit, binsPerUnit)]++;
      lanes[LayerMetrics.BINS + bin(values[i + 1], limit, binsPerUnit)]++;
      lanes[2 * LayerMetrics.BINS + bin(values[i + 2], limit, binsPerUnit)]++;
      lanes[3 * LayerMetrics.BINS + bin(values[i + 3], limit, binsPerUnit)]++;
    }
    for (; i < n; i++) {
      lanes[bin(values[i], limit, binsPerUnit)]++;
    }
  }

  private static int bin(float value, double limit, double binsPerUnit) {
    int bin = (int) ((value + limit) * binsPerUnit);
    return Math.max(0, Math.min(LayerMetrics.BINS - 1, bin));
  }
}
