package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/**
 * Sweeps in which one treatment has eight names: whatever is called a difference is a false alarm.
 * Scores are those of 48 x 8 recorded trainings, 48 splits and eight starts each; a sweep draws ten
 * splits and deals the eight starts of each to the eight names.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=io.shrinklab.analysis.Calibration</pre>
 */
public final class Calibration {
  private static final int NAMES = 8;
  private static final int SEEDS = 10;
  private static final int COMPARISONS = 2 * (NAMES - 1);

  /** Per split and start: training and validation score at the best epoch, then at the last. */
  private final List<List<double[]>> recorded;

  private final HandMade template;
  private final double ratio;
  private final double deviation;

  /** For one split shared by all seeds, or for splits drawn per seed. */
  public Calibration(boolean perSeed) throws IOException {
    recorded = read();
    template = (perSeed ? HandMade.splitPerSeed(SEEDS) : HandMade.fixedSplit(SEEDS)).none();
    for (int i = 1; i < NAMES; i++) {
      template.l2("a" + i, i);
    }
    ratio = perSeed ? Overlap.ratio(new PartSizes(300, 600, 897, 1797, 0)) : 0;
    deviation = Math.sqrt(2 * withinSplits());
  }

  /**
   * What was found.
   *
   * @param anyMoment share of sweeps with a difference called at the best or at the last epoch
   * @param bestEpoch share of sweeps with a variant whose verdict is a difference
   * @param planted share of sweeps that call the planted difference BETTER
   * @param predicted the same by the power calculation
   */
  public record Rates(double anyMoment, double bestEpoch, double planted, double predicted) {}

  /**
   * Simulates sweeps.
   *
   * @param noncentrality of the difference planted at the best epoch of "a1"; 0 for none
   */
  public Rates simulate(int sweeps, double noncentrality, long randomSeed) {
    Random random = new Random(randomSeed);
    double error = deviation * Math.sqrt(1.0 / SEEDS + ratio);
    int any = 0;
    int best = 0;
    int planted = 0;
    for (int i = 0; i < sweeps; i++) {
      SweepAnalysis analysis = sweep(random, noncentrality * error).analysis();
      any += analysis.comparisons().stream().anyMatch(each -> called(each.verdict())) ? 1 : 0;
      best += analysis.variants().stream().anyMatch(each -> called(each.verdict())) ? 1 : 0;
      planted += analysis.variants().get(1).verdict() == Verdict.BETTER ? 1 : 0;
    }
    return new Rates(
        (double) any / sweeps,
        (double) best / sweeps,
        (double) planted / sweeps,
        // Both tails; of a planted gain the lower one is nothing.
        Power.of(noncentrality, SEEDS - 1, Rule.LEVEL / COMPARISONS));
  }

  private static boolean called(Verdict verdict) {
    return switch (verdict) {
      case BETTER, WORSE, UNDERFITS -> true;
      default -> false;
    };
  }

  private HandMade sweep(Random random, double gain) {
    // What the splits of one pool have in common: the same for all seeds, other in another sweep.
    double[] pool = new double[NAMES];
    for (int name = 0; name < NAMES; name++) {
      pool[name] = random.nextGaussian() * deviation * Math.sqrt(ratio / 2);
    }
    List<Integer> splits = shuffled(recorded.size(), random);
    HandMade sweep = template.withoutRuns();
    for (int seed = 0; seed < SEEDS; seed++) {
      List<double[]> starts = recorded.get(splits.get(seed));
      List<Integer> deal = shuffled(NAMES, random);
      for (int name = 0; name < NAMES; name++) {
        double[] scores = starts.get(deal.get(name));
        double shift = pool[name] + (name == 1 ? gain : 0);
        sweep.record(
            name == 0 ? "none" : "a" + name,
            seed,
            RunStatus.COMPLETED,
            "",
            List.of(
                new HandMade.Scores(scores[0], scores[1] + shift),
                new HandMade.Scores(scores[2], scores[3] + pool[name])),
            scores[1]);
      }
    }
    return sweep;
  }

  private static List<Integer> shuffled(int size, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      order.add(random.nextInt(i + 1), i);
    }
    return order;
  }

  /** Mean variance of the best epoch's validation score within a split. */
  private double withinSplits() {
    return recorded.stream()
        .mapToDouble(
            starts -> {
              double sd =
                  Estimate.of(starts.stream().mapToDouble(scores -> scores[1]).toArray())
                      .standardDeviation();
              return sd * sd;
            })
        .average()
        .orElseThrow();
  }

  private static List<List<double[]>> read() throws IOException {
    try (InputStream in = Calibration.class.getResourceAsStream("recorded-scores.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<List<double[]>> splits = new ArrayList<>();
      for (String line : text.lines().skip(1).toList()) {
        String[] cells = line.split(",", -1);
        if (cells[1].equals("0")) {
          splits.add(new ArrayList<>());
        }
        splits
            .get(splits.size() - 1)
            .add(Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray());
      }
      return splits;
    }
  }

  /** Prints the figures of docs/analysis.md. */
  public static void main(String[] args) throws IOException {
    int sweeps = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    for (boolean perSeed : new boolean[] {false, true}) {
      Calibration calibration = new Calibration(perSeed);
      for (double noncentrality : new double[] {0, 4, 5, 6}) {
        Rates rates = calibration.simulate(sweeps, noncentrality, 20260101);
        System.out.printf(
            Locale.ROOT,
            "%s split, noncentrality %.0f: any call %.4f, at the best epoch %.4f, planted %.4f,"
                + " predicted %.4f%n",
            perSeed ? "per-seed" : "fixed",
            noncentrality,
            rates.anyMoment(),
            rates.bestEpoch(),
            rates.planted(),
            rates.predicted());
      }
    }
  }
}
