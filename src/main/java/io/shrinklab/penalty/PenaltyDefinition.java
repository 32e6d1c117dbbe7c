package io.shrinklab.penalty;

import org.apiguardian.api.API;

/**
 * A penalty of the user's own: {@code {"kind": "custom", "className": "my.Penalty", "lambda":
 * 1e-3}}. The class needs a public constructor without parameters. A run's identity holds the
 * class's name, not its code: after a change of what it computes, give it another name.
 */
@API(status = API.Status.STABLE)
@FunctionalInterface
public interface PenaltyDefinition {
  /**
   * The penalty with a strength.
   *
   * @param lambda as the experiment file says, for all parameters or for a layer
   */
  Penalty penalty(double lambda);
}
