package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Claim;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps in which one treatment has many names: whatever is called a difference is a false alarm.
 * Scores are those of 48 x 8 recorded trainings, 48 splits and eight starts each; a sweep draws
 * some of the splits and deals the starts of each to the names.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test \
 *   -Dexec.mainClass=io.shrinklab.analysis.Calibration</pre>
 *
 * <p>The arguments are the number of sweeps, and {@code looks} for sweeps that are looked at
 * several times, {@code effects} for main effects of settings.
 */
public final class Calibration {
  /** How much of a near twin's difference is its own. */
  private static final double OWN = 0.2;

  /** Names that share a start. */
  private static final int TWINS = 3;

  /**
   * A kind of sweep.
   *
   * @param perSeed whether every seed draws its own split; otherwise all seeds share one
   * @param seeds up to 48
   * @param variants beside the baseline; up to 7 unrelated ones, or any number of near twins
   * @param twins whether variants come in threes that differ in little, as the strengths of a grid
   *     do
   */
  public record Design(boolean perSeed, int seeds, int variants, boolean twins) {}

  /** Per split and start: training and validation score at the best epoch, then at the last. */
  private final List<List<double[]>> recorded;

  private final Design design;
  private final HandMade template;
  private final double ratio;
  private final double deviation;

  /** Reads the recorded scores. */
  public Calibration(Design design) throws IOException {
    this.design = design;
    recorded = read();
    template =
        (design.perSeed()
                ? HandMade.splitPerSeed(design.seeds())
                : HandMade.fixedSplit(design.seeds()))
            .none();
    for (int i = 1; i <= design.variants(); i++) {
      template.l2("a" + i, i);
    }
    ratio = design.perSeed() ? Overlap.ratio(new PartSizes(300, 600, 897, 1797, 0)) : 0;
    deviation = Math.sqrt(2 * withinSplits());
  }

  /**
   * What was found.
   *
   * @param any share of sweeps with a difference called anywhere: score or loss, best or last epoch
   * @param bestEpoch share of sweeps with a variant whose verdict is a difference
   * @param planted share of sweeps that call the planted difference BETTER
   * @param predicted the same by the power calculation
   * @param detectable mean detectable difference of the planted variant, in standard deviations
   */
  public record Rates(
      double any, double bestEpoch, double planted, double predicted, double detectable) {}

  /**
   * Simulates sweeps.
   *
   * @param noncentrality of the difference planted at the best epoch of "a1"; 0 for none
   */
  public Rates simulate(int sweeps, double noncentrality, long randomSeed) {
    Random random = new Random(randomSeed);
    double error = deviation * Math.sqrt(1.0 / design.seeds() + ratio);
    int any = 0;
    int best = 0;
    int planted = 0;
    double predicted = 0;
    double detectable = 0;
    for (int i = 0; i < sweeps; i++) {
      SweepAnalysis analysis = sweep(random, noncentrality * error, name -> name == 1).analysis();
      any +=
          analysis.comparisons().stream()
                  .anyMatch(each -> called(each.verdict()) || called(each.loss().verdict()))
              ? 1
              : 0;
      best += analysis.variants().stream().anyMatch(each -> called(each.verdict())) ? 1 : 0;
      planted += analysis.variants().get(1).verdict() == Verdict.BETTER ? 1 : 0;
      Contrast first = analysis.comparisons().get(0).score();
      // Both tails; of a planted gain the lower one is nothing.
      predicted += Power.of(noncentrality, design.seeds() - 1, first.level());
      detectable += first.detectable() / first.difference().standardDeviation();
    }
    return new Rates(
        (double) any / sweeps,
        (double) best / sweeps,
        (double) planted / sweeps,
        predicted / sweeps,
        detectable / sweeps);
  }

  /**
   * What was found of sweeps in which every variant has the same gain.
   *
   * @param found share of the variants that are called BETTER
   * @param wrong share of sweeps with a variant called BETTER or WORSE
   * @param runs trained, on average
   */
  public record Outcome(double found, double wrong, double runs) {}

  /**
   * Simulates sweeps in which every variant has a gain.
   *
   * @param deviations the gain, in standard deviations of a difference; 0 for none
   * @param looks null for all seeds at once
   */
  public Outcome everywhere(int sweeps, double deviations, @Nullable Looks looks, long randomSeed) {
    Random random = new Random(randomSeed);
    double found = 0;
    double wrong = 0;
    double runs = 0;
    for (int i = 0; i < sweeps; i++) {
      HandMade sweep = sweep(random, deviations * deviation, name -> name > 0);
      Experiment experiment = sweep.experiment();
      SweepAnalysis analysis =
          looks == null
              ? sweep.analysis()
              : SweepAnalysis.of(
                  experiment.withSeeds(experiment.seeds().subList(0, looks.first())),
                  sweep.records(),
                  List.of(),
                  looks);
      found +=
          analysis.variants().stream().filter(each -> each.verdict() == Verdict.BETTER).count();
      wrong += analysis.variants().stream().anyMatch(each -> called(each.verdict())) ? 1 : 0;
      runs += analysis.monitoring() == null ? experiment.size() : analysis.monitoring().runs();
    }
    return new Outcome(found / sweeps / design.variants(), wrong / sweeps, runs / sweeps);
  }

  /**
   * Simulates sweeps whose names are the cells of a grid, none of which differs from another: the
   * share of sweeps with an interval of a main effect that misses 0. Whatever the settings add to
   * the score moves effects and intervals alike.
   *
   * @param columns of the grid; a divisor of the number of names
   */
  public double missed(int sweeps, int columns, long randomSeed) {
    Random random = new Random(randomSeed);
    int missed = 0;
    for (int i = 0; i < sweeps; i++) {
      HandMade sweep = sweep(random, 0, name -> false);
      List<String> names = sweep.experiment().variants().stream().map(Variant::name).toList();
      MainEffects effects =
          MainEffects.of(
              Summaries.of(sweep.experiment(), sweep.records(), List.of()),
              Claim.BEYOND_THESE_ROWS,
              List.of(
                  factor("row", names, name -> name / columns),
                  factor("column", names, name -> name % columns)),
              sweep.records());
      missed +=
          effects.effects().stream()
                  .flatMap(effect -> effect.levels().stream())
                  .anyMatch(level -> called(Objects.requireNonNull(level.effect()).verdict()))
              ? 1
              : 0;
    }
    return (double) missed / sweeps;
  }

  private static Factor factor(String setting, List<String> names, IntUnaryOperator value) {
    Map<String, String> of = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      of.put(names.get(i), Integer.toString(value.applyAsInt(i)));
    }
    return new Factor(setting, List.of(), of.values().stream().distinct().sorted().toList(), of);
  }

  private static boolean called(Verdict verdict) {
    return verdict == Verdict.BETTER || verdict == Verdict.WORSE;
  }

  private HandMade sweep(Random random, double gain, IntPredicate planted) {
    int names = design.variants() + 1;
    // What the splits of one pool have in common: the same for all seeds, other in another sweep.
    double[] pool = new double[names];
    for (int name = 0; name < names; name++) {
      double own = random.nextGaussian() * deviation * Math.sqrt(ratio / 2);
      pool[name] = first(name) == name ? own : blend(pool[first(name)], own, name);
    }
    List<Integer> splits = shuffled(recorded.size(), random);
    HandMade sweep = template.withoutRuns();
    for (int seed = 0; seed < design.seeds(); seed++) {
      List<double[]> starts = recorded.get(splits.get(seed));
      List<Integer> deal = shuffled(starts.size(), random);
      for (int name = 0; name < names; name++) {
        double[] shared = starts.get(deal.get(start(first(name))));
        double[] own = starts.get(random.nextInt(starts.size()));
        double shift = pool[name] + (planted.test(name) ? gain : 0);
        sweep.record(
            name == 0 ? "none" : "a" + name,
            seed,
            RunStatus.COMPLETED,
            "",
            List.of(
                new HandMade.Scores(
                    blend(shared[0], own[0], name), blend(shared[1], own[1], name) + shift),
                new HandMade.Scores(
                    blend(shared[2], own[2], name), blend(shared[3], own[3], name) + pool[name])),
            shared[1]);
      }
    }
    return sweep;
  }

  /** The name that a near twin is twin of: its own where it is none. */
  private int first(int name) {
    return design.twins() && name > 0 ? name - (name - 1) % TWINS : name;
  }

  /** Which of the eight dealt starts a first name has; firsts beyond the eighth share them. */
  private int start(int name) {
    int group = design.twins() && name > 0 ? 1 + (name - 1) / TWINS : name;
    return group == 0 ? 0 : 1 + (group - 1) % (recorded.get(0).size() - 1);
  }

  /** A near twin is mostly the same; variances stay those of the recorded scores. */
  private double blend(double shared, double own, int name) {
    return first(name) == name ? shared : (1 - OWN) * shared + OWN * own;
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

  private static void printLooks(int sweeps) throws IOException {
    Looks looks = Looks.doubling(10, 40);
    for (boolean perSeed : new boolean[] {false, true}) {
      for (double gain : new double[] {0, 0.5, 0.75, 1, 1.5, 2}) {
        for (int seeds : new int[] {40, 32, 28, 24, 20, 16, 12, 10}) {
          Calibration calibration = new Calibration(new Design(perSeed, seeds, 7, false));
          Outcome fixed = calibration.everywhere(sweeps, gain, null, 20260101);
          System.out.printf(
              Locale.ROOT,
              "%s split, gain %.2f sd, %d seeds at once: found %.4f, called %.4f, %.0f runs%n",
              perSeed ? "per-seed" : "fixed",
              gain,
              seeds,
              fixed.found(),
              fixed.wrong(),
              fixed.runs());
        }
        Outcome looked =
            new Calibration(new Design(perSeed, 40, 7, false))
                .everywhere(sweeps, gain, looks, 20260101);
        System.out.printf(
            Locale.ROOT,
            "%s split, gain %.2f sd, looks at %s seeds: found %.4f, called %.4f, %.1f runs%n",
            perSeed ? "per-seed" : "fixed",
            gain,
            looks.sizes(),
            looked.found(),
            looked.wrong(),
            looked.runs());
      }
    }
  }

  private static void printEffects(int sweeps) throws IOException {
    for (boolean twins : new boolean[] {false, true}) {
      for (boolean perSeed : new boolean[] {false, true}) {
        for (int seeds : new int[] {5, 10, 20, 40}) {
          System.out.printf(
              Locale.ROOT,
              "%s, %s split, %d seeds: an effect's interval misses 0 in %.4f%n",
              twins ? "5 x 7 near twins" : "2 x 4",
              perSeed ? "per-seed" : "fixed",
              seeds,
              new Calibration(new Design(perSeed, seeds, twins ? 34 : 7, twins))
                  .missed(sweeps, twins ? 7 : 4, 20260101));
        }
      }
    }
  }

  /** Prints the figures of docs/analysis.md. */
  public static void main(String[] args) throws IOException {
    int sweeps = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    if (args.length > 1 && args[1].equals("looks")) {
      printLooks(sweeps);
      return;
    }
    if (args.length > 1 && args[1].equals("effects")) {
      printEffects(sweeps);
      return;
    }
    for (boolean twins : new boolean[] {false, true}) {
      for (boolean perSeed : new boolean[] {false, true}) {
        for (int seeds : new int[] {10, 20, 40}) {
          Calibration calibration =
              new Calibration(new Design(perSeed, seeds, twins ? 34 : 7, twins));
          for (double noncentrality : new double[] {0, 5}) {
            Rates rates = calibration.simulate(sweeps, noncentrality, 20260101);
            System.out.printf(
                Locale.ROOT,
                "%s split, %d seeds, %s, noncentrality %.0f: any call %.4f, at the best epoch %.4f,"
                    + " planted %.4f, predicted %.4f, detectable %.2f sd%n",
                perSeed ? "per-seed" : "fixed",
                seeds,
                twins ? "34 near twins" : "7 variants",
                noncentrality,
                rates.any(),
                rates.bestEpoch(),
                rates.planted(),
                rates.predicted(),
                rates.detectable());
          }
        }
      }
    }
  }
}
