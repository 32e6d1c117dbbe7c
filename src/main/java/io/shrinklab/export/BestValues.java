package io.shrinklab.export;

import io.shrinklab.outcome.BestEpoch;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run is judged by, under the names that {@code runs.csv} has for it. */
final class BestValues {
  /** The one that decides. */
  static final String SCORE = "best_val_score";

  private BestValues() {}

  /** Values at the epoch that a run is judged at; without what it does not have. */
  static Map<String, Double> of(BestEpoch best) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(SCORE, best.validationScore());
    values.put("best_val_loss", best.validationLoss());
    values.put("best_epoch", (double) best.epoch());
    values.put("test_score", best.testScore());
    values.put("test_loss", best.testLoss());
    if (best.testAccuracy() != null) {
      values.put("test_accuracy", best.testAccuracy());
    }
    return values;
  }
}
