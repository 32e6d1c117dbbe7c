package io.shrinklab.analysis;

/** The numbers that turn differences into verdicts; whoever puts the rule in words reads them. */
public final class Rule {
  private Rule() {}

  /**
   * Significance level, two-sided, for a whole sweep; all its intervals together hold 1 - LEVEL.
   */
  public static final double LEVEL = 0.05;

  /**
   * What the last epoch's score may claim of the error, beside 1 for the best epoch's; all of it
   * where the best epoch's is decided, which then needs none any more (the fallback procedure,
   * Wiens 2003).
   */
  public static final double LAST_SCORE = 1.0 / 6;

  /** The same for the loss at either moment, behind both scores. */
  public static final double LOSS = 1.0 / 24;

  /**
   * Share of the error that the sweep's main question keeps: the score at the decisive epoch.
   *
   * @param moments at which the sweep is judged
   */
  public static double mainShare(int moments) {
    return 1 / (1 + (moments - 1) * LAST_SCORE + moments * LOSS);
  }

  /**
   * A variant has collapsed when its last score is this near to chance level, as a share of how far
   * the baseline's is from it.
   */
  public static final double COLLAPSE = 0.05;

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
