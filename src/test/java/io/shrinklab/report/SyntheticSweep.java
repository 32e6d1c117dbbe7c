package io.shrinklab.report;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
import io.shrinklab.testing.ASpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A sweep of about the size of lp-ablation with made-up but plausible curves, drawn from a fixed
 * seed: 18 variants, underfitting where the penalty is strong, scores that share the seed's luck.
 */
final class SyntheticSweep {
  private static final List<Double> LAMBDAS = List.of(1e-5, 1e-4, 1e-3, 1e-2);

  private SyntheticSweep() {}

  static Experiment experiment() {
    return experiment(
        "lp-ablation", "Which penalty, how strong: weight decay against weights-only Lp.", 10);
  }

  static Experiment experiment(String name, String description, int seeds) {
    List<Variant> variants = new ArrayList<>();
    variants.add(variant("none", "{'kind': 'none'}"));
    variants.add(variant("weight-decay", "{'kind': 'weight-decay', 'strength': 0.02}"));
    for (double p : new double[] {0.5, 1, 2, 3}) {
      for (double lambda : LAMBDAS) {
        variants.add(
            variant(
                "l" + Numbers.plain(p) + "-weights-" + Numbers.scientific(lambda),
                "{'kind': 'lp', 'p': " + p + ", 'lambda': " + lambda + "}"));
      }
    }
    return new Experiment(
        name, description, LongStream.range(0, seeds).boxed().toList(), "none", variants);
  }

  /** Three variants in each of two settings, as a grid over {@code data.train} makes them. */
  static Experiment settings() {
    List<Variant> variants = new ArrayList<>();
    for (String setting : List.of("train-100", "train-300")) {
      variants.add(variant("none", setting, "{'kind': 'none'}"));
      variants.add(variant("weak", setting, "{'kind': 'lp', 'p': 2, 'lambda': 1e-4}"));
      variants.add(variant("strong", setting, "{'kind': 'lp', 'p': 2, 'lambda': 1e-2}"));
    }
    return new Experiment("settings", "", List.of(0L, 1L, 2L, 3L, 4L), "none", variants);
  }

  /** Three learning rates and two batch sizes, each without a penalty and with two strengths. */
  static Experiment rates() {
    List<Variant> variants = new ArrayList<>();
    for (String rate : List.of("1e-4", "1e-3", "1e-2")) {
      for (int size : new int[] {16, 64}) {
        for (String penalty :
            List.of(
                "{'kind': 'none'}",
                "{'kind': 'lp', 'p': 2, 'lambda': 1e-4}",
                "{'kind': 'lp', 'p': 2, 'lambda': 0.1}")) {
          variants.add(
              ASpec.read(
                      """
                      'data': {'kind': 'digits', 'train': 300, 'validation': 600},
                      'network': {'kind': 'mlp'}, 'optimizer': {'kind': 'adam', 'learningRate': %s},
                      'training': {'epochs': 20, 'batchSize': %d}, 'penalty': %s"""
                          .formatted(rate, size, penalty))
                  .entry(
                      penalty.contains("none")
                          ? "none"
                          : "l2-" + penalty.replaceAll(".*lambda': (.*)}", "$1"),
                      "rate-" + rate + "-size-" + size)
                  .variant());
        }
      }
    }
    return new Experiment("rates", "", List.of(0L, 1L, 2L, 3L), "none", variants);
  }

  /** A variant under any name, also one that an experiment file would not be allowed. */
  static Variant variant(String name, String penalty) {
    return variant(name, "", penalty);
  }

  /** The same in a setting. */
  static Variant variant(String entry, String setting, String penalty) {
    return ASpec.read(
            """
            'data': {'kind': 'digits', 'train': 300, 'validation': 600},
            'network': {'kind': 'mlp'}, 'optimizer': {'kind': 'adam'},
            'training': {'epochs': 60}, 'penalty': %s"""
                .formatted(penalty))
        .entry(entry, setting)
        .variant();
  }

  /** Every run of the experiment, completed. */
  static List<RunRecord> complete(Experiment experiment) {
    return experiment.runs().map(spec -> record(spec, RunStatus.COMPLETED, "")).toList();
  }

  /** As a real folder can look: one run diverged, one failed, two missing. */
  static List<RunRecord> withGaps(Experiment experiment) {
    List<RunRecord> records = new ArrayList<>();
    for (RunSpec spec : experiment.runs().toList()) {
      String label = spec.label();
      if (label.equals("l0.5-weights-1e-02 seed 3")) {
        records.add(
            record(
                spec,
                RunStatus.DIVERGED,
                "training loss is NaN at epoch 13, step 121; the learning rate may be too high"));
      } else if (label.equals("l3-weights-1e-05 seed 7")) {
        records.add(
            record(
                spec,
                RunStatus.FAILED,
                "the worker process ended with exit code 137 while it trained this run"));
      } else if (!label.equals("l1-weights-1e-04 seed 9")
          && !label.equals("l2-weights-1e-03 seed 9")) {
        records.add(record(spec, RunStatus.COMPLETED, ""));
      }
    }
    return records;
  }

  static RunRecord record(RunSpec spec, RunStatus status, String reason) {
    double u = Math.min(0.95, severity(spec.variant().penalty()) + slowness(spec.variant()));
    SplittableRandom luck = new SplittableRandom(spec.seed() * 7919 + 1);
    double ofSeed = 0.006 * luck.nextGaussian();
    SplittableRandom own =
        new SplittableRandom(spec.seed() * 31 + spec.variant().name().hashCode());
    double ofRun = 0.0015 * (1 + 6 * u) * own.nextGaussian();
    int epochs =
        status == RunStatus.FAILED
            ? 0
            : status == RunStatus.DIVERGED ? 12 : spec.variant().training().epochs();
    List<EpochMetrics> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double fitted = 1 - Math.exp(-epoch / (5 + 20 * u));
      double train = 0.1 + (0.9 - 0.62 * u) * fitted + 0.001 * own.nextGaussian();
      double validation =
          0.1 + (0.853 - 0.6 * u) * fitted + ofSeed + ofRun + 0.0012 * own.nextGaussian();
      double trainLoss = 2.3 * (1 - fitted) + 1.7 * u * fitted + 0.004;
      double validationLoss =
          2.3 * (1 - fitted)
              + (0.16 + 1.7 * u) * fitted
              + 0.0006 * epoch * (1 - u)
              - 2 * ofSeed
              + 0.002 * own.nextGaussian();
      double norm = 12 * (1 - 0.9 * u) + 0.05 * epoch * (1 - 2 * u) + 0.1 * own.nextGaussian();
      double penalty = spec.variant().penalty().strength() * norm * norm;
      rows.add(
          ARow.of(epoch)
              .losses(trainLoss, validationLoss)
              .scores(Math.min(1, train), Math.min(1, validation))
              .with(Metric.PENALTY, penalty)
              .with(Metric.LP_NORM, norm)
              .with(Metric.LP_POWER_SUM, norm * norm)
              .with(Metric.NEAR_ZERO_FRACTION, 0.02 + 0.9 * u * fitted)
              .with(Metric.LEARNING_RATE, 0.001)
              .with(Metric.SECONDS, 0.011)
              .with(Metric.TOTAL_LOSS, trainLoss + penalty)
              .with(
                  Metric.GRADIENT_RATIO,
                  spec.variant().penalty().strength() == 0 ? 0 : 0.02 + 2 * u * fitted)
              .row());
    }
    return tested(
        ARun.of(spec).ended(status, reason).epochs(rows).provenance(provenance(spec)), ofSeed);
  }

  /** The same run with one validation score at all epochs, for sums done by hand. */
  static RunRecord withConstantScore(RunRecord run, double score) {
    List<EpochMetrics> rows =
        run.epochs().stream()
            .map(row -> ARow.like(row).with(Metric.VALIDATION_SCORE, score).row())
            .toList();
    return tested(ARun.like(run).epochs(rows), 0);
  }

  private static RunRecord tested(ARun run, double ofSeed) {
    return run.tested(
            best -> best.validationScore() - 0.004 - ofSeed / 2,
            best -> best.validationLoss() + 0.01)
        .record();
  }

  /** 0 is as without a penalty, 1 learns nothing; the order of ORACLES' table for digits. */
  private static double severity(PenaltySpec penalty) {
    double lambda = penalty.strength();
    if (penalty instanceof PenaltySpec.WeightDecay) {
      return 0.02;
    }
    if (penalty instanceof PenaltySpec.Lp lp) {
      double scale = lp.p() < 1 ? 2.2e-2 : lp.p() < 2 ? 2.4e-2 : lp.p() < 3 ? 0.5 : 4;
      return Math.min(0.95, lambda / scale);
    }
    return 0;
  }

  /** A learning rate below the usual one learns less in so many epochs, as do few steps. */
  private static double slowness(Variant variant) {
    return 0.2 * Math.max(0, Math.log10(0.001 / variant.optimizer().learningRate()))
        + (variant.training().batchSize() > 32 ? 0.1 : 0);
  }

  /** Three layers whose weights shrink toward zero as the severity says. */
  static List<LayerMetrics> layers(RunSpec spec) {
    double u = severity(spec.variant().penalty());
    List<LayerMetrics> rows = new ArrayList<>();
    String[] names = {"0.weight", "1.weight", "2.weight"};
    long[] sizes = {64 * 128, 128 * 64, 64 * 10};
    for (int epoch = 1; epoch <= spec.variant().training().epochs(); epoch++) {
      for (int layer = 0; layer < names.length; layer++) {
        double fitted = 1 - Math.exp(-epoch / 12.0);
        double width = 0.12 * (1 - 0.85 * u * fitted) * (1 + 0.15 * layer);
        double zero = 0.01 + 0.9 * u * fitted;
        double norm = Math.sqrt((double) sizes[layer]) * width;
        rows.add(
            new LayerMetrics(
                epoch,
                names[layer],
                sizes[layer],
                norm,
                norm * norm,
                zero,
                0,
                histogram(sizes[layer], width, zero),
                0.5));
      }
    }
    return rows;
  }

  private static List<Integer> histogram(long weights, double width, double zero) {
    Integer[] counts = new Integer[LayerMetrics.BINS];
    double total = 0;
    double[] density = new double[LayerMetrics.BINS];
    for (int bin = 0; bin < density.length; bin++) {
      double w = -0.5 + (bin + 0.5) / density.length;
      density[bin] = Math.exp(-w * w / (2 * width * width));
      total += density[bin];
    }
    Arrays.setAll(
        counts, bin -> bin == LayerMetrics.BINS / 2 ? (int) Math.round(weights * zero) : 0);
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += (int) Math.round(weights * (1 - zero) * density[bin] / total);
    }
    return List.of(counts);
  }

  private static Provenance provenance(RunSpec spec) {
    return new Provenance(
        "d1".repeat(32),
        "aa".repeat(32),
        "bb".repeat(32),
        "0.1.0",
        "5476c0d2a1b3c4d5e6f708192a3b4c5d6e7f8091",
        false,
        "Eclipse Adoptium 17.0.12",
        "0.35.1",
        "2.7.1",
        "Linux 6.1 amd64",
        "Example CPU",
        1,
        "2026-01-0" + (1 + spec.seed() % 2) + "T10:00:00Z",
        "2026-01-0" + (1 + spec.seed() % 2) + "T10:00:01Z",
        0.8);
  }
}
