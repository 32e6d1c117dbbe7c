package io.shrinklab.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.WeightsFile;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.testing.ARow;
import io.shrinklab.testing.ARun;
import io.shrinklab.testing.ASpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Small made-up runs: nothing is trained, every number is a plain function of seed and epoch. */
public final class TestRuns {
  public static final Environment ENVIRONMENT =
      new Environment("0.1", "abc", false, "jdk", "djl", "torch", "os", "cpu", 1);
  public static final Instant STARTED = Instant.parse("2024-05-06T07:08:09Z");
  public static final Instant ENDED = Instant.parse("2024-05-06T07:08:10.500Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private TestRuns() {}

  /** A run of a variant; runs with the same strength and seed are the same run. */
  public static RunSpec spec(String name, double strength, long seed) {
    return spec(name, strength, seed, 3, 0);
  }

  /** The same with its length. */
  public static RunSpec spec(
      String name, double strength, long seed, int epochs, double timeoutMinutes) {
    return ASpec.named(name)
        .training(
            new TrainingSpec(
                epochs,
                32,
                0,
                0.001,
                null,
                null,
                timeoutMinutes,
                TrainingSpec.Selection.BEST,
                TrainingSpec.Until.EPOCHS,
                1e-6,
                false))
        .penalty(new PenaltySpec.WeightDecay(strength, PenaltySpec.Scope.ALL))
        .seed(seed);
  }

  public static EpochMetrics epoch(int epoch, long seed, double seconds) {
    double x = 1.0 / (epoch + seed + 2);
    return ARow.of(epoch)
        .losses(x, x * 1.25)
        .scores(1 - x, 1 - x / 3)
        .with(Metric.PENALTY, x / 1e7)
        .with(Metric.LP_NORM, x * 1e9)
        .with(Metric.LP_POWER_SUM, x * x)
        .with(Metric.NEAR_ZERO_FRACTION, x / 7)
        .with(Metric.LEARNING_RATE, 0.1)
        .with(Metric.SECONDS, seconds)
        .with(Metric.TOTAL_LOSS, x + 1)
        .with(Metric.GRADIENT_RATIO, Double.NaN)
        .row();
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
    return ARun.of(spec)
        .epochs(rows)
        .layers(layers)
        .dataSha256("d".repeat(64))
        .best(new BestEpoch(epochs, 0.9, 0.3, Double.NaN, 0.31, null))
        .weights(
            new WeightsFile(
                ("weights of " + spec.label()).getBytes(StandardCharsets.UTF_8), "e".repeat(64)))
        .equalRows(new EqualRows(12, 3))
        .coefficients(List.of(new Coefficient("s1, \"tc\"", 1 / 3.0), new Coefficient("age", 0)))
        .outcome();
  }

  /** Stores a completed run with a log of one word. */
  public static void store(SweepFolder folder, RunSpec spec) throws ResultsException {
    folder.write(outcome(spec, 1), ENVIRONMENT, STARTED, ENDED, text("log"));
  }

  public static Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Changes a stored run's {@code run.json} and seals it again, as a forger would. */
  public static void forge(Path run, Consumer<ObjectNode> change) throws IOException {
    Path file = run.resolve("run.json");
    ObjectNode document = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    document.remove("sha256");
    change.accept(document);
    document.put("sha256", Sha256.of(JSON.writeValueAsBytes(document)));
    Files.writeString(file, document.toString());
  }

  /** Writes a file of a stored run, and seals it as if it had always been that. */
  public static void forge(Path run, String file, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(run.resolve(file), bytes);
    forge(
        run,
        document ->
            ((ObjectNode) document.get("files"))
                .putObject(file)
                .put("bytes", bytes.length)
                .put("sha256", Sha256.of(bytes)));
  }
}
