package io.shrinklab.results;

import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.spec.Variant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Small made-up runs: nothing is trained, every number is a plain function of seed and epoch. */
public final class TestRuns {
  public static final Environment ENVIRONMENT =
      new Environment("0.1", "abc", false, "jdk", "djl", "torch", "os", "cpu", 1);
  public static final Instant STARTED = Instant.parse("2024-05-06T07:08:09Z");
  public static final Instant ENDED = Instant.parse("2024-05-06T07:08:10.500Z");

  private TestRuns() {}

  /** A run of a variant; runs with the same strength and seed are the same run. */
  public static RunSpec spec(String name, double strength, long seed) {
    return spec(name, strength, seed, 3, 0);
  }

  /** The same with its length. */
  public static RunSpec spec(
      String name, double strength, long seed, int epochs, double timeoutMinutes) {
    Variant variant =
        new Variant(
            name,
            name,
            "",
            new DataSpec.Digits(Rows.of(300), Rows.of(600), DataSpec.Split.PER_SEED, 0),
            new NetworkSpec.Linear(true),
            new OptimizerSpec.Sgd(0.1, 0, new LearningRateSchedule.Constant(0)),
            new TrainingSpec(epochs, 32, 0, 0.001, null, null, timeoutMinutes),
            new PenaltySpec.WeightDecay(strength, PenaltySpec.Scope.ALL));
    return new RunSpec(variant, seed);
  }

  public static EpochMetrics epoch(int epoch, long seed, double seconds) {
    double x = 1.0 / (epoch + seed + 2);
    return new EpochMetrics(
        epoch,
        x,
        1 - x,
        x * 1.25,
        1 - x / 3,
        x / 1e7,
        x * 1e9,
        x * x,
        x / 7,
        0.1,
        seconds,
        x + 1,
        0,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  /** What training would have given. */
  public static RunOutcome outcome(RunSpec spec, double seconds) {
    int epochs = spec.variant().training().epochs();
    List<EpochMetrics> rows =
        IntStream.rangeClosed(1, epochs).mapToObj(e -> epoch(e, spec.seed(), seconds)).toList();
    List<LayerMetrics> layers =
        IntStream.rangeClosed(1, epochs)
            .mapToObj(
                e ->
                    new LayerMetrics(
                        e,
                        "dense, \"1\"",
                        640,
                        0.5,
                        0.25,
                        0.125,
                        0,
                        IntStream.range(0, LayerMetrics.BINS).boxed().toList(),
                        1.5))
            .toList();
    return new RunOutcome(
        spec,
        RunStatus.COMPLETED,
        "",
        "accuracy",
        rows,
        layers,
        new BestEpoch(epochs, 0.9, 0.3, Double.NaN, 0.31, null),
        new PartSizes(300, 600, 897, 900),
        "d".repeat(64),
        new WeightsFile(
            ("weights of " + spec.label()).getBytes(StandardCharsets.UTF_8), "e".repeat(64)),
        new EqualRows(12, 3),
        List.of(new Coefficient("s1, \"tc\"", 1 / 3.0), new Coefficient("age", 0)));
  }

  /** Stores a completed run with a log of one word. */
  public static void store(SweepFolder folder, RunSpec spec) throws ResultsException {
    folder.write(outcome(spec, 1), ENVIRONMENT, STARTED, ENDED, text("log"));
  }

  public static Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
