package io.shrinklab.analysis;

import java.util.List;

/**
 * A family over strength: fair comparison across p needs more than lambda, whose unit depends on p.
 *
 * @param setting what a top-level grid chose; "" without one
 * @param family for instance {@code L2 weights}
 * @param p the exponent
 * @param points by ascending strength, the anchor first; only variants with a completed run
 */
public record FamilyCurve(String setting, String family, double p, List<CurvePoint> points) {

  /** Copies the list. */
  public FamilyCurve {
    points = List.copyOf(points);
  }
}
