package io.shrinklab.report;

import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.Estimate;

/** What a chart draws as a point with a bar; low and high are NaN without an interval. */
record Mean(double mean, double low, double high) {

  static Mean of(Estimate estimate) {
    return new Mean(estimate.mean(), estimate.low(), estimate.high());
  }

  /** A difference with its simultaneous interval. */
  static Mean of(Contrast contrast) {
    return new Mean(contrast.mean(), contrast.low(), contrast.high());
  }
}
