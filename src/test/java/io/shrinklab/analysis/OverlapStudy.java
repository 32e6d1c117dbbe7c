package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What the mean of ten seeds' differences really varies by from pool to pool, and how often its 95
 * % interval misses: the evidence for {@link Overlap}.
 *
 * <p>Pools are drawn from the 70,000 MNIST images and ten splits from each pool, both with every
 * class in its share, as this program draws splits. On each split the treatments are trained. The
 * mean over all pools stands for the truth; where all seeds share the validation rows or the
 * training rows, so does, in a line of its own, the mean over pools that share these rows too,
 * which is what is claimed then.
 *
 * <p>The arguments are the folder with MNIST's four gzipped files; {@code ridge}, {@code softmax}
 * or {@code network}; the score, {@code validation} or {@code training}; how many pools; and
 * layouts: {@code 300+600/1797} draws 300 training and 600 validation rows from one pool of 1,797,
 * {@code 700/800+200/400} from a pool each.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=io.shrinklab.analysis.OverlapStudy \
 *   -Dexec.args="FOLDER ridge validation 300 300+600/1797 700/800+200/400"</pre>
 */
public final class OverlapStudy {
  private static final int SEEDS = 10;

  /** Which rows the score is of. */
  private enum Scored {
    VALIDATION,
    TRAINING
  }

  /** How many sets of rows stand for those that all seeds share. */
  private static final int SHARED_SETS = 6;

  private final StudyDigits digits;
  private final StudyLearner learner;
  private final Scored scored;
  private final int pools;
  private final PartSizes sizes;
  private final Layout layout;

  /** Pools that follow each other and share the rows that their seeds share. */
  private final int sharing;

  /** Per treatment and pool: the mean and the variance of the differences from none. */
  private final double[][] means;

  private final double[][] variances;

  private OverlapStudy(
      StudyDigits digits,
      StudyLearner learner,
      Scored scored,
      int pools,
      PartSizes sizes,
      boolean shared) {
    this.digits = digits;
    this.learner = learner;
    this.scored = scored;
    // As many for each of the shared sets.
    this.pools = shared ? pools - pools % SHARED_SETS : pools;
    this.sizes = sizes;
    layout = Overlap.layout(DataSpec.Split.PER_SEED, sizes);
    sharing = shared ? this.pools / SHARED_SETS : 1;
    means = new double[learner.treatments().size()][this.pools];
    variances = new double[learner.treatments().size()][this.pools];
  }

  private void run() {
    SplittableRandom random = new SplittableRandom(20260101);
    boolean validationShared = layout == Layout.SAME_VALIDATION_ROWS;
    int[][] first = {};
    for (int pool = 0; pool < pools; pool++) {
      if (pool % sharing == 0) {
        int rows = validationShared ? sizes.validationPool() : sizes.pool();
        first = digits.draw(StudyDigits.all(), rows, random);
      }
      int[] second =
          digits
              .draw(first[1], validationShared ? sizes.pool() : sizes.validationPool(), random)[0];
      int[] train = validationShared ? second : first[0];
      int[] validation = validationShared ? first[0] : second;
      double[][] differences = new double[means.length][SEEDS];
      for (int seed = 0; seed < SEEDS; seed++) {
        int[][] drawn = digits.draw(train, sizes.train(), random);
        int[] rest = sizes.validationPool() == 0 ? drawn[1] : validation;
        int[] chosen = digits.draw(rest, sizes.validation(), random)[0];
        double[] scores =
            learner.scores(drawn[0], scored == Scored.TRAINING ? drawn[0] : chosen, random);
        for (int i = 0; i < means.length; i++) {
          differences[i][seed] = scores[i] - scores[0];
        }
      }
      for (int i = 0; i < means.length; i++) {
        Estimate estimate = Estimate.of(differences[i]);
        means[i][pool] = estimate.mean();
        variances[i][pool] = Math.pow(estimate.standardDeviation(), 2);
      }
    }
  }

  /** By how much the pools' means miss what is claimed, that mean's own error allowed for. */
  private double[] errors(double[] of) {
    double[] errors = new double[pools];
    int count = sharing == 1 ? pools : sharing;
    for (int pool = 0; pool < pools; pool++) {
      int from = pool / count * count;
      double centre = Arrays.stream(of, from, from + count).average().orElseThrow();
      errors[pool] = (of[pool] - centre) * Math.sqrt(count / (count - 1.0));
    }
    return errors;
  }

  private void print(String name) {
    for (int i = 1; i < means.length; i++) {
      double within = Arrays.stream(variances[i]).average().orElseThrow();
      double[] errors = errors(means[i]);
      Estimate squares = Estimate.of(Arrays.stream(errors).map(error -> error * error).toArray());
      System.out.printf(
          Locale.ROOT,
          "| %s%s | %s | %+.4f | %.3f +- %.3f | %.3f | %s | %s | %s | %s |%n",
          name,
          sharing == 1 ? "" : ", for the shared rows",
          learner.treatments().get(i),
          Arrays.stream(means[i]).average().orElseThrow(),
          squares.mean() / within - 1.0 / SEEDS,
          squares.standardDeviation() / Math.sqrt(pools) / within,
          rule(),
          missed(errors, variances[i], 0),
          missed(errors, variances[i], usedUpByTraining()),
          missed(errors, variances[i], rule()),
          missed(errors, variances[i], (double) sizes.validation() / sizes.train()));
    }
  }

  private double rule() {
    return scored == Scored.TRAINING ? Overlap.trainingRatio(sizes) : Overlap.ratio(sizes);
  }

  /** rho = V / N * T / (N - V), as though validation were taken out of one pool first. */
  private double usedUpByTraining() {
    double pool = Math.max(sizes.pool(), sizes.train() + sizes.validation());
    double rho = sizes.validation() / pool * sizes.train() / (pool - sizes.validation());
    return rho / (1 - rho);
  }

  private String missed(double[] errors, double[] squares, double ratio) {
    double quantile = TDistribution.of(SEEDS - 1).inverseCumulativeProbability(0.975);
    int missed = 0;
    for (int pool = 0; pool < pools; pool++) {
      double error = Math.sqrt(squares[pool] * (1.0 / SEEDS + ratio));
      missed += Math.abs(errors[pool]) > quantile * error ? 1 : 0;
    }
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * missed / pools);
  }

  private static StudyLearner learner(String name, StudyDigits digits) {
    return switch (name) {
      case "ridge" -> new RidgeClassifiers(digits, List.of(1e-7, 0.0003, 0.001, 0.003, 0.01, 0.1));
      case "softmax" -> new SmallNetworks(digits, 0, 300);
      case "network" -> new SmallNetworks(digits, 32, 300);
      default -> throw new IllegalArgumentException(name + " is not ridge, softmax or network");
    };
  }

  /** {@code T+V/N}, or {@code T/N+V/M}. */
  private static PartSizes sizes(String layout) {
    int[] rows = Arrays.stream(layout.split("[+/]")).mapToInt(Integer::parseInt).toArray();
    return rows.length == 3
        ? new PartSizes(rows[0], rows[1], 0, rows[2], 0)
        : new PartSizes(rows[0], rows[2], 0, rows[1], rows[3]);
  }

  /** Prints a table. */
  public static void main(String[] args) throws IOException {
    StudyDigits digits = StudyDigits.read(Path.of(args[0]));
    StudyLearner learner = learner(args[1], digits);
    Scored scored = Scored.valueOf(args[2].toUpperCase(Locale.ROOT));
    int pools = Integer.parseInt(args[3]);
    System.out.println(
        "| layout | treatment | difference | ratio found | rule | missed: plain t | V/N T/(N-V)"
            + " | rule | n_test/n_train |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|");
    for (String name : Arrays.copyOfRange(args, 4, args.length)) {
      PartSizes sizes = sizes(name);
      Layout layout = Overlap.layout(DataSpec.Split.PER_SEED, sizes);
      for (boolean shared :
          layout == Layout.SAME_VALIDATION_ROWS || layout == Layout.SAME_TRAINING_ROWS
              ? new boolean[] {false, true}
              : new boolean[] {false}) {
        OverlapStudy study = new OverlapStudy(digits, learner, scored, pools, sizes, shared);
        study.run();
        study.print(name);
      }
    }
  }
}
