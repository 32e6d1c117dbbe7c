package io.shrinklab.outcome;

/**
 * What is measured of a parameter at an optimizer step. An entry is a column of a step log,
 * wherever such columns are written, drawn or documented.
 *
 * <p>Along the weights: for weights w and a vector v, {@code v . w / |w|}, positive outward, where
 * the norm grows.
 */
public enum LayerQuantity {
  WEIGHT_NORM("weight_norm", "Euclidean norm |w| of the weights that the step began with"),
  DATA_GRADIENT_NORM(
      "data_gradient_norm", "Euclidean norm of the data loss's gradient g on this batch"),
  PENALTY_GRADIENT_NORM(
      "penalty_gradient_norm",
      "Euclidean norm of the gradient c of the penalty's cost, whatever its method; 0 without a"
          + " penalty"),
  DATA_PUSH(
      "data_push",
      "how hard the data push the weights outward: `-g . w / |w|`; under a proximal or decoupled"
          + " penalty what the optimizer's own step does along w, divided by the learning rate"),
  PENALTY_PULL(
      "penalty_pull",
      "how hard the penalty pulls them inward: `c . w / |w|`; of a proximal or decoupled penalty,"
          + " which does not act through the gradient, what its shrink step takes away along w,"
          + " divided by the learning rate"),
  UPDATE_NORM("update_norm", "Euclidean norm of the whole change that the step made, w' - w"),
  RELATIVE_UPDATE("relative_update", "`update_norm` / `weight_norm`"),
  UPDATE_OUTWARD(
      "update_outward", "the change along w: `(w' - w) . w / |w|`; negative where w shrank"),
  EXACT_ZEROS("exact_zeros", "weights that were exactly 0 before the step") {
    @Override
    public boolean isCount() {
      return true;
    }
  },
  DEAD_UNITS(
      "dead_units",
      "neurons or filters of which no incoming weight got any gradient from this batch: they gave 0"
          + " for every row, or nothing reads them; empty for biases, scales and shifts") {
    @Override
    public boolean isCount() {
      return true;
    }
  };

  private final String column;
  private final String meaning;

  LayerQuantity(String column, String meaning) {
    this.column = column;
    this.meaning = meaning;
  }

  /** Its name in CSV files, and on the page. */
  public String column() {
    return column;
  }

  /** What it says, in one line, as in {@code docs/columns.md}. */
  public String meaning() {
    return meaning;
  }

  /** Whether it is a whole number. */
  public boolean isCount() {
    return false;
  }
}
