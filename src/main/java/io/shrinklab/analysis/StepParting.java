package io.shrinklab.analysis;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Where the steps of two runs part. Steps are counted from 1; 0 stands for none.
 *
 * @param common steps that both took, as far as they are kept in bits
 * @param weights the first step that begins with other weights
 * @param loss the first step whose data loss is another
 */
public record StepParting(int common, int weights, int loss) {

  /** Compares bits. */
  public static StepParting of(StepCourse one, StepCourse other) {
    int common = (int) Math.min(StepCourse.MOST_BITS, Math.min(one.steps(), other.steps()));
    return new StepParting(
        common,
        first(common, i -> one.fingerprint(i) != other.fingerprint(i)),
        first(common, i -> Double.compare(one.loss(i), other.loss(i)) != 0));
  }

  private static int first(int steps, IntPredicate differs) {
    return IntStream.range(0, steps).filter(differs).map(i -> i + 1).findFirst().orElse(0);
  }

  /** The step whose update is the first that differs; 0 where none is or they began apart. */
  public int step() {
    return Math.max(0, weights - 1);
  }
}
