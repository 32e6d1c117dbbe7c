package io.shrinklab.spec;

/** What a comparison's decision is about, where every seed draws its own split. */
public enum Claim {
  /**
   * The population that the rows were drawn from: splits that share rows are counted as the
   * overlapping evidence they are.
   */
  BEYOND_THESE_ROWS("beyond-these-rows"),
  /** These rows, split again at random: what a paired t test says. */
  THESE_ROWS("these-rows");

  private final String word;

  Claim(String word) {
    this.word = word;
  }

  /** As the experiment file spells it. */
  public String word() {
    return word;
  }
}
