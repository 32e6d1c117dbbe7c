package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.data.DataSets;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.results.MetricsCsv;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.testing.ASpec;
import io.shrinklab.training.Training;
import io.shrinklab.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real engine: the same bits whoever trains a run, and in whatever order. */
class RealWorkersTest {
  @TempDir static Path root;

  private static List<RunSpec> runs;
  private static Path forward;
  private static Path backward;

  private static RunSpec run(String name, PenaltySpec penalty, long seed) {
    return ASpec.named(name)
        .data(ASpec.digits(64, 64, DataSpec.Split.PER_SEED))
        .network(new NetworkSpec.Mlp(List.of(8), NetworkSpec.Activation.RELU, 0.25, false))
        .training(ASpec.epochs(2, 16))
        .penalty(penalty)
        .seed(seed);
  }

  @BeforeAll
  static void twoSweepsOfTheSameRuns() throws Exception {
    runs = new ArrayList<>();
    for (long seed = 0; seed < 2; seed++) {
      runs.add(run("none", new PenaltySpec.None(), seed));
      runs.add(run("no-decay", new PenaltySpec.WeightDecay(0, PenaltySpec.Scope.ALL), seed));
      runs.add(run("decay", new PenaltySpec.WeightDecay(0.1, PenaltySpec.Scope.ALL), seed));
    }
    forward = root.resolve("forward");
    backward = root.resolve("backward");
    sweep(forward, 1, runs);
    List<RunSpec> reversed = new ArrayList<>(runs);
    Collections.reverse(reversed);
    sweep(backward, 2, reversed);
  }

  private static void sweep(Path results, int jobs, List<RunSpec> order) throws Exception {
    Recorder heard = new Recorder();
    SweepSummary summary =
        new Sweep(new SweepOptions(results, null, jobs, OnFailure.GO_ON)).run("real", order, heard);
    assertThat(summary.completed()).as("%s", summary.failed()).isEqualTo(6);
    assertThat(heard.epochs).hasSize(12);
    assertThat(heard.notices).isEmpty();
  }

  private static RunRecord stored(Path results, RunSpec run) {
    return SweepFolder.open(results, "real").read(run).record().orElseThrow();
  }

  @Test
  void filesAreTheSameInAnyOrderAndWithAnyNumberOfWorkers() throws Exception {
    Map<String, String> one = TestSweep.numbers(forward);
    Map<String, String> two = TestSweep.numbers(backward);
    // A run whose best epoch is not its last has a file more.
    assertThat(one.keySet())
        .filteredOn(file -> !file.endsWith("/best-weights.npz"))
        .hasSize(6 * 6 + 1);
    assertThat(one).containsOnlyKeys(two.keySet());
    assertThat(one.keySet()).filteredOn(file -> !one.get(file).equals(two.get(file))).isEmpty();
  }

  @Test
  void aRunInThisProcessHasTheBitsOfTheWorkers() throws Exception {
    RunSpec run = runs.get(5);
    RunOutcome again;
    try (DataSets dataSets = new DataSets(null)) {
      again = new Training(dataSets).run(run, TrainingListener.SILENT);
    }
    Provenance written = stored(forward, run).provenance();
    assertThat(again.weights().sha256()).isEqualTo(written.weightsSha256());
    assertThat(MetricsCsv.sha256(again.epochs())).isEqualTo(written.metricsSha256());
    assertThat(again.dataSha256()).isEqualTo(written.dataSha256());
  }

  @Test
  void variantsStartFromTheSameWeightsAndSeeTheSameBatches() {
    // A decay of 0 acts on nothing: only start, order and dropout decide these numbers.
    for (int seed = 0; seed < 2; seed++) {
      Provenance none = stored(forward, runs.get(3 * seed)).provenance();
      Provenance noDecay = stored(forward, runs.get(3 * seed + 1)).provenance();
      Provenance decay = stored(forward, runs.get(3 * seed + 2)).provenance();
      assertThat(noDecay.weightsSha256()).isEqualTo(none.weightsSha256());
      assertThat(decay.weightsSha256()).isNotEqualTo(none.weightsSha256());
    }
    assertThat(stored(forward, runs.get(0)).provenance().weightsSha256())
        .isNotEqualTo(stored(forward, runs.get(3)).provenance().weightsSha256());
  }

  @Test
  void eachRunSaysWhereItsNumbersComeFrom() {
    RunRecord run = stored(forward, runs.get(0));
    Provenance provenance = run.provenance();
    assertThat(provenance.shrinklabVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(provenance.djl()).isEqualTo("0.36.0");
    assertThat(provenance.libtorch()).isEqualTo("2.7.1");
    assertThat(provenance.jdk()).contains(System.getProperty("java.runtime.version"));
    assertThat(provenance.os()).startsWith(System.getProperty("os.name"));
    assertThat(provenance.cpu()).isNotBlank();
    assertThat(provenance.threads()).isEqualTo(1);
    assertThat(provenance.commit()).matches("[0-9a-f]{40}|unknown");
    assertThat(provenance.seconds()).isPositive();
    assertThat(run.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2);
  }
}
