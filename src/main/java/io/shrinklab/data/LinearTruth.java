package io.shrinklab.data;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.DataSpec.Target;
import io.shrinklab.spec.SeedStream;
import io.shrinklab.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A linear model whose coefficients are known, and rows drawn from it:
 *
 * <pre>eta = intercept + sum of coefficient * x        y = eta + noise * normal, or
 *                                                   P(class 1) = 1 / (1 + exp(-eta / noise))</pre>
 *
 * <p>Features are standard normal; the correlation of two is r^distance. Coefficients are +effect
 * or -effect with equal chance in the relevant groups, which are drawn without replacement, and 0
 * elsewhere. Nothing is scaled, so that what is fitted is in the units of the truth.
 */
final class LinearTruth {
  private final DataSpec.Synthetic spec;
  private final double[] coefficients;

  LinearTruth(DataSpec.Synthetic spec) {
    this.spec = spec;
    coefficients = coefficients(spec);
  }

  private static double[] coefficients(DataSpec.Synthetic spec) {
    SplittableRandom random = SeedStream.TRUTH.of(spec.truthSeed());
    // Streams of their own: the signs stay the same where there are more groups to choose from.
    SplittableRandom signs = random.split();
    int[] groups = Permutation.of(spec.features() / spec.groupSize(), random.split());
    double[] coefficients = new double[spec.features()];
    for (int i = 0; i < spec.relevant(); i++) {
      int feature = groups[i / spec.groupSize()] * spec.groupSize() + i % spec.groupSize();
      coefficients[feature] = signs.nextLong() < 0 ? -spec.effect() : spec.effect();
    }
    return coefficients;
  }

  /** What the rows are drawn with, by feature. */
  List<Double> coefficients() {
    return Arrays.stream(coefficients).boxed().toList();
  }

  /**
   * Draws the parts of a seed: rows to train on, then rows of validation, then of test. Each part
   * has a stream of its own, so that one that is longer begins with the same rows.
   */
  Source draw(long seed) {
    SplittableRandom random = SeedStream.DRAWN_ROWS.of(seed);
    int train = (int) spec.train().value();
    int validation = (int) spec.validation().value();
    int test = (int) spec.test().value();
    int rows = train + validation + test;
    double[] values = new double[rows * spec.features()];
    double[] eta = new double[rows];
    double[] errors = new double[rows];
    fill(values, eta, errors, 0, train, random.split());
    fill(values, eta, errors, train, train + validation, random.split());
    fill(values, eta, errors, train + validation, rows, random.split());
    List<String> names = IntStream.rangeClosed(1, spec.features()).mapToObj(i -> "x" + i).toList();
    return new Source(
        new Columns(values, Collections.nCopies(spec.features(), Scaling.NONE), names),
        labels(eta, errors),
        train,
        validation,
        sha256(),
        coefficients(),
        null);
  }

  private void fill(
      double[] values, double[] eta, double[] errors, int from, int to, SplittableRandom random) {
    NormalNumbers normal = new NormalNumbers(random);
    int features = spec.features();
    double r = spec.correlation();
    double fresh = Math.sqrt(1 - r * r);
    for (int row = from; row < to; row++) {
      double before = normal.next();
      double sum = spec.intercept();
      for (int i = 0; i < features; i++) {
        double x = i == 0 ? before : r * before + fresh * normal.next();
        values[row * features + i] = x;
        sum += coefficients[i] * x;
        before = x;
      }
      eta[row] = sum;
      errors[row] = spec.task() == Target.REGRESSION ? normal.next() : random.nextDouble();
    }
  }

  /**
   * Labels of rows.
   *
   * @param errors standard normal for numbers, uniform in 0 to 1 for classes
   */
  private Labels labels(double[] eta, double[] errors) {
    if (spec.task() == Target.CLASSIFICATION) {
      int[] classes = new int[eta.length];
      for (int row = 0; row < classes.length; row++) {
        // Without noise the sign alone decides.
        double chance =
            spec.noise() == 0
                ? Math.signum(eta[row])
                : 1 / (1 + StrictMath.exp(-eta[row] / spec.noise()));
        classes[row] = errors[row] < chance ? 1 : 0;
      }
      return new Classes(classes, 2);
    }
    double[] numbers = new double[eta.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = eta[row] + spec.noise() * errors[row];
    }
    return new Targets(numbers, Scaling.NONE);
  }

  /** Of what rows are drawn from, the same for all seeds. */
  private String sha256() {
    List<String> facts = new ArrayList<>();
    facts.add(spec.task().name());
    facts.add(Double.toString(spec.intercept()));
    facts.add(Double.toString(spec.noise()));
    facts.add(Double.toString(spec.correlation()));
    Arrays.stream(coefficients).mapToObj(Double::toString).forEach(facts::add);
    return Sha256.of(String.join(" ", facts).getBytes(StandardCharsets.UTF_8));
  }
}
