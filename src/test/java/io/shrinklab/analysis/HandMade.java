package io.shrinklab.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A sweep whose numbers were written by hand: names, seeds, scores. */
public final class HandMade {
  /** Training and validation score after one epoch; the losses are one minus these. */
  public record Scores(double training, double validation) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Provenance PROVENANCE =
      new Provenance(
          "d1",
          "w1",
          "m1",
          "0.1",
          "c0ffee",
          false,
          "JDK 17",
          "0.35.1",
          "2.7.1",
          "Linux",
          "CPU",
          1,
          "2026-01-02T03:04:05Z",
          "2026-01-02T03:04:06Z",
          1.5);

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
    String name = setting.isEmpty() ? entry : entry + "-" + setting;
    String json =
        """
        {"variant": {"name": "%s", "entry": "%s", "setting": "%s",
          "data": {"kind": "digits", "split": "%s"}, "network": {"kind": "mlp"},
          "optimizer": {"kind": "adam"}, "training": %s, "penalty": %s}, "seed": 0}
        """
            .formatted(name, entry, setting, split, training.replace('\'', '"'), penalty);
    try {
      variants.add(SpecJson.read(JSON.readTree(json)).variant());
    } catch (JsonProcessingException | ExperimentException e) {
      throw new IllegalArgumentException(json, e);
    }
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
    int best = 0;
    for (int i = 0; i < scores.size(); i++) {
      Scores each = scores.get(i);
      best = each.validation() > scores.get(best).validation() ? i : best;
      epochs.add(
          new EpochMetrics(
              i + 1,
              1 - each.training(),
              each.training(),
              1 - each.validation(),
              each.validation(),
              0.25,
              2 + i,
              4,
              0.125,
              0.001,
              0.5,
              1.25 - each.training(),
              0,
              0.0625,
              Double.NaN,
              Double.NaN));
    }
    BestEpoch chosen =
        scores.isEmpty()
            ? null
            : new BestEpoch(
                best + 1,
                scores.get(best).validation(),
                1 - scores.get(best).validation(),
                testScore,
                1 - testScore,
                null);
    records.add(
        new RunRecord(
            new RunSpec(named(variant), seed),
            status,
            reason,
            "accuracy",
            epochs,
            chosen,
            new PartSizes(300, 600, 897, 1797),
            PROVENANCE,
            null,
            List.of()));
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
