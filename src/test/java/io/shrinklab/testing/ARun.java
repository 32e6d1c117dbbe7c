package io.shrinklab.testing;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunArrays;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.RunSpec;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A run that nothing trained, as training gives it and as it is read back. */
public final class ARun {
  private final RunSpec spec;
  private RunStatus status = RunStatus.COMPLETED;
  private String reason = "";
  private String scoreName = "accuracy";
  private List<EpochMetrics> epochs = List.of();
  private List<LayerMetrics> layers = List.of();
  private BestEpoch best;
  private PartSizes sizes = new PartSizes(300, 600, 897, 900, 0);
  private EqualRows equalRows = new EqualRows(0, 0);
  private double chanceScore = 0.1;
  private List<Coefficient> coefficients = List.of();
  private double optimalityViolation = Double.NaN;
  private WeightsFile weights = new WeightsFile(new byte[0], "w1");
  private String dataSha256 = "d1";
  private Provenance provenance =
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

  private ARun(RunSpec spec) {
    this.spec = spec;
  }

  /** A completed run without epochs. */
  public static ARun of(RunSpec spec) {
    return new ARun(spec);
  }

  /** The same run, to be changed. */
  public static ARun like(RunRecord run) {
    return of(run.spec())
        .ended(run.status(), run.reason())
        .scoreName(run.scoreName())
        .epochs(run.epochs())
        .best(run.best())
        .sizes(run.sizes())
        .provenance(run.provenance())
        .equalRows(run.equalRows())
        .chanceScore(run.chanceScore())
        .coefficients(run.coefficients())
        .optimalityViolation(run.optimalityViolation());
  }

  public ARun ended(RunStatus how, String why) {
    status = how;
    reason = why;
    return this;
  }

  public ARun scoreName(String name) {
    scoreName = name;
    return this;
  }

  public ARun epochs(List<EpochMetrics> rows) {
    epochs = rows;
    return this;
  }

  public ARun layers(List<LayerMetrics> rows) {
    layers = rows;
    return this;
  }

  public ARun best(BestEpoch epoch) {
    best = epoch;
    return this;
  }

  /** The epoch that its validation scores choose, with the test part as it reads there. */
  public ARun tested(ToDoubleFunction<EpochMetrics> score, ToDoubleFunction<EpochMetrics> loss) {
    EpochMetrics chosen = null;
    for (EpochMetrics row : epochs) {
      if (chosen == null || row.validationScore() > chosen.validationScore()) {
        chosen = row;
      }
    }
    return best(
        chosen == null
            ? null
            : new BestEpoch(
                chosen.epoch(),
                chosen.validationScore(),
                chosen.validationLoss(),
                score.applyAsDouble(chosen),
                loss.applyAsDouble(chosen),
                null));
  }

  /** The same best epoch with an accuracy of the test part. */
  public ARun testAccuracy(double accuracy) {
    return best(
        new BestEpoch(
            best.epoch(),
            best.validationScore(),
            best.validationLoss(),
            best.testScore(),
            best.testLoss(),
            accuracy));
  }

  public ARun sizes(PartSizes rows) {
    sizes = rows;
    return this;
  }

  /** Null as in runs that were stored before they were counted. */
  public ARun equalRows(EqualRows rows) {
    equalRows = rows;
    return this;
  }

  /** NaN as in runs that were stored before it was recorded. */
  public ARun chanceScore(double score) {
    chanceScore = score;
    return this;
  }

  public ARun coefficients(List<Coefficient> ofFeatures) {
    coefficients = ofFeatures;
    return this;
  }

  /** NaN where it means nothing. */
  public ARun optimalityViolation(double share) {
    optimalityViolation = share;
    return this;
  }

  public ARun weights(WeightsFile file) {
    weights = file;
    return this;
  }

  /** Of a record; an outcome has its data's hash alone. */
  public ARun provenance(Provenance from) {
    provenance = from;
    return dataSha256(from.dataSha256());
  }

  /** Of an outcome. */
  public ARun dataSha256(String hash) {
    dataSha256 = hash;
    return this;
  }

  public RunRecord record() {
    return new RunRecord(
        spec,
        status,
        reason,
        scoreName,
        epochs,
        best,
        sizes,
        provenance,
        equalRows,
        chanceScore,
        coefficients,
        optimalityViolation);
  }

  public RunOutcome outcome() {
    return new RunOutcome(
        spec,
        status,
        reason,
        scoreName,
        epochs,
        layers,
        best,
        sizes,
        dataSha256,
        weights,
        equalRows,
        chanceScore,
        coefficients,
        optimalityViolation,
        RunArrays.NONE);
  }
}
