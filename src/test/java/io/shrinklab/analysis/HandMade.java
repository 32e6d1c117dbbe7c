package io.shrinklab.analysis;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
import io.shrinklab.testing.ASpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A sweep whose numbers were written by hand: names, seeds, scores. */
public final class HandMade {
  /** Training and validation score after one epoch; the losses are one minus these. */
  public record Scores(double training, double validation) {}

  private final List<Variant> variants = new ArrayList<>();
  private final List<RunRecord> records = new ArrayList<>();
  private final String split;
  private final List<Long> seeds;
  private String training = "{'epochs': 2}";

  private HandMade(String split, long seeds) {
    this.split = split;
    this.seeds = LongStream.range(0, seeds).boxed().toList();
  }

  /** All seeds share one split: plain paired t. */
  public static HandMade fixedSplit(int seeds) {
    return new HandMade("fixed", seeds);
  }

  /** Every seed draws its own split. */
  public static HandMade splitPerSeed(int seeds) {
    return new HandMade("per-seed", seeds);
  }

  /** The same variants without their runs. */
  public HandMade withoutRuns() {
    HandMade other = new HandMade(split, seeds.size());
    other.variants.addAll(variants);
    return other;
  }

  /** Variants added from here on train so; by default two epochs. Quotes may be single. */
  public HandMade training(String section) {
    training = section;
    return this;
  }

  /** Adds the variant "none". */
  public HandMade none() {
    return variant("none", "", "{\"kind\": \"none\"}");
  }

  /** Adds a variant of the family "L2 weights". */
  public HandMade l2(String name, double lambda) {
    return lp(name, "", 2, lambda);
  }

  /** Adds an Lp variant in a setting. */
  public HandMade lp(String entry, String setting, double p, double lambda) {
    return variant(
        entry, setting, "{\"kind\": \"lp\", \"p\": " + p + ", \"lambda\": " + lambda + "}");
  }

  /** Adds a variant; its name is the entry and the setting. */
  public HandMade variant(String entry, String setting, String penalty) {
    variants.add(
        ASpec.read(
                """
                'data': {'kind': 'digits', 'split': '%s'}, 'network': {'kind': 'mlp'},
                'optimizer': {'kind': 'adam'}, 'training': %s, 'penalty': %s"""
                    .formatted(split, training, penalty))
            .entry(entry, setting)
            .variant());
    return this;
  }

  /** Adds a completed run whose two epochs have the same validation score, training score 1. */
  public HandMade score(String variant, long seed, double validation) {
    return run(variant, seed, 1, validation, validation);
  }

  /** Adds a completed run: training score of both epochs, validation score of each. */
  public HandMade run(String variant, long seed, double training, double first, double second) {
    return record(
        variant,
        seed,
        RunStatus.COMPLETED,
        "",
        List.of(new Scores(training, first), new Scores(training, second)),
        Math.max(first, second) - 0.01);
  }

  /** Adds completed runs with seeds from 0 on, as {@link #score}. */
  public HandMade scores(String variant, double... validation) {
    for (int seed = 0; seed < validation.length; seed++) {
      score(variant, seed, validation[seed]);
    }
    return this;
  }

  /** Adds a run that ended before its time, after the given epochs. */
  public HandMade ended(
      String variant, long seed, RunStatus status, String reason, Scores... epochs) {
    return record(variant, seed, status, reason, List.of(epochs), Double.NaN);
  }

  /** Adds any run. */
  public HandMade record(
      String variant,
      long seed,
      RunStatus status,
      String reason,
      List<Scores> scores,
      double testScore) {
    List<EpochMetrics> epochs = new ArrayList<>();
    for (Scores each : scores) {
      epochs.add(
          ARow.of(epochs.size() + 1)
              .losses(1 - each.training(), 1 - each.validation())
              .scores(each.training(), each.validation())
              .with(Metric.PENALTY, 0.25)
              .with(Metric.LP_NORM, 2 + epochs.size())
              .with(Metric.LP_POWER_SUM, 4)
              .with(Metric.NEAR_ZERO_FRACTION, 0.125)
              .with(Metric.LEARNING_RATE, 0.001)
              .with(Metric.SECONDS, 0.5)
              .with(Metric.TOTAL_LOSS, 1.25 - each.training())
              .with(Metric.GRADIENT_RATIO, 0.0625)
              .row());
    }
    records.add(
        ARun.of(new RunSpec(named(variant), seed))
            .ended(status, reason)
            .epochs(epochs)
            .tested(row -> testScore, row -> 1 - testScore)
            .sizes(new PartSizes(300, 600, 897, 1797, 0))
            .equalRows(null)
            .record());
    return this;
  }

  private Variant named(String name) {
    return variants.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What was asked; the baseline is "none". */
  public Experiment experiment() {
    return new Experiment("hand-made", "", seeds, "none", variants);
  }

  /** What was found. */
  public List<RunRecord> records() {
    return List.copyOf(records);
  }

  /** What it says. */
  public SweepAnalysis analysis() {
    return SweepAnalysis.of(experiment(), records());
  }
}
