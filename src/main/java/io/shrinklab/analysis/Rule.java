package io.shrinklab.analysis;

/** The numbers that turn differences into verdicts; whoever puts the rule in words reads them. */
public final class Rule {
  private Rule() {}

  /** Significance level, two-sided, for a whole sweep; intervals hold 1 - LEVEL. */
  public static final double LEVEL = 0.05;

  /** Chance with which a detectable difference is found. */
  public static final double POWER = 0.8;

  /**
   * Gap between training and validation score from which on a variant may overfit. Small, because
   * noisy training labels lower the training score alone; the loss has to rise as well.
   */
  public static final double GAP = 0.01;

  /** Rise of the validation loss after its minimum, relative to it, that counts. */
  public static final double RISE = 0.05;

  /** The smallest number of pairs with which anything is tested, and of values with an interval. */
  public static final int PAIRS = 3;
}
