package io.shrinklab.outcome;

import java.util.Map;
import java.util.Objects;

/**
 * What an optimizer step did to one parameter, or to all multiplicative weights together.
 *
 * @param layer the parameter's name: {@code dense1.weight}
 * @param weights how many elements
 * @param values of every quantity; NaN where it has no meaning
 */
public record LayerStep(String layer, long weights, Map<LayerQuantity, Double> values) {
  /** Copies the values. */
  public LayerStep {
    values = Map.copyOf(values);
  }

  /** One of them. */
  public double get(LayerQuantity quantity) {
    return Objects.requireNonNull(values.get(quantity));
  }
}
