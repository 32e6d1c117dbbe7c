package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.Range;
import org.jspecify.annotations.Nullable;

/** The numbers that a key allows, as {@link Range} says them. */
record Limits(double min, double max, boolean aboveMin, boolean belowMax) {
  static final Limits NONE =
      new Limits(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, false);

  static Limits of(@Nullable Range range) {
    return range == null
        ? NONE
        : new Limits(range.min(), range.max(), range.aboveMin(), range.belowMax());
  }

  boolean contains(double value) {
    return (aboveMin ? value > min : value >= min) && (belowMax ? value < max : value <= max);
  }

  /** To be put after "a number": {@code from 1 to 10}, or nothing. */
  @Override
  public String toString() {
    boolean low = !Double.isInfinite(min);
    boolean high = !Double.isInfinite(max);
    if (low && high && !aboveMin && !belowMax) {
      return " from " + Numbers.plain(min) + " to " + Numbers.plain(max);
    }
    String from = (aboveMin ? " above " : " of at least ") + Numbers.plain(min);
    String to = (belowMax ? " below " : " at most ") + Numbers.plain(max);
    return (low ? from : "") + (low && high ? " and" : "") + (high ? to : "");
  }

  /** As keywords of JSON Schema. */
  void describe(ObjectNode schema) {
    if (!Double.isInfinite(min)) {
      schema.set(aboveMin ? "exclusiveMinimum" : "minimum", JsonText.number(min));
    }
    if (!Double.isInfinite(max)) {
      schema.set(belowMax ? "exclusiveMaximum" : "maximum", JsonText.number(max));
    }
  }
}
