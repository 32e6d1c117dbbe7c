package io.shrinklab.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.export.MlflowStandIn.Fault;
import io.shrinklab.export.MlflowStandIn.Run;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server hears of runs while they are trained, each number once. */
class MlflowFeedTest {
  private static final RunSpec RUN = TestRuns.spec("first", 0.5, 0);

  /** A second before the run's first epoch ends. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-05-06T07:08:09Z"), ZoneOffset.UTC);

  @TempDir private Path results;
  private SweepFolder folder;
  private MlflowStandIn server;

  @BeforeEach
  void start() throws Exception {
    folder = SweepFolder.open(results, "sweep");
    server = MlflowStandIn.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** One that sends when the test says so. */
  private MlflowFeed feed() throws Exception {
    MlflowServer there = MlflowServer.at(server.uri(), name -> null, Duration.ofMillis(1));
    return new MlflowFeed(began -> MlflowSweep.open(there, "team", "sweep", began), folder, CLOCK);
  }

  private static EpochMetrics epoch(int epoch) {
    return TestRuns.epoch(epoch, RUN.seed(), 1);
  }

  private Run run() {
    return server.runs().get("first seed 0");
  }

  private MlflowExport.Done export() throws Exception {
    return MlflowExport.to(server.uri(), name -> null, false, (run, of) -> {})
        .send(
            new ExportedSweep(
                "sweep", "", List.of(folder.read(RUN).record().orElseThrow()), folder, List.of()),
            "team");
  }

  /** What was sent by name and epoch, without times. */
  private List<String> values() {
    return run().metrics.stream().map(metric -> metric.replaceFirst(" [0-9]{13} ", " ")).toList();
  }

  /** All that the stored run has: 13 columns of three epochs, and five values at the best one. */
  private void assertWhole() {
    assertThat(values()).hasSize(3 * 13 + 5).doesNotHaveDuplicates();
    assertThat(values()).contains("train_loss 1 " + 1 / 3.0, "train_loss 3 " + 1 / 5.0);
    assertThat(run().status).isEqualTo("FINISHED");
    assertThat(run().tags).containsEntry("shrinklab.status", "COMPLETED");
    assertThat(server.runs()).containsOnlyKeys("sweep", "first seed 0");
  }

  @Test
  void epochsArriveWhileARunIsTrainedAndTheRestWhenItHasEnded() throws Exception {
    MlflowFeed feed = feed();
    feed.onEpoch(RUN, epoch(1));
    feed.onEpoch(RUN, epoch(2));
    assertThat(server.requests()).isEmpty();
    feed.send();

    assertThat(values()).hasSize(2 * 13).contains("train_loss 2 " + 1 / 4.0);
    assertThat(run().status).isEqualTo("RUNNING");
    assertThat(run().params).containsEntry("penalty.strength", "0.5");
    assertThat(run().tags).containsEntry("mlflow.parentRunId", server.runs().get("sweep").id);

    TestRuns.store(folder, RUN);
    feed.onEpoch(RUN, epoch(3));
    feed.onEnd(RUN);
    feed.send();

    assertWhole();
    assertThat(server.files()).containsKey("first seed 0/run.json");
    assertThat(export().kept()).isEqualTo(1);
    assertWhole();
  }

  @Test
  void aRunThatIsTrainedAnewSendsNothingTwice() throws Exception {
    MlflowFeed killed = feed();
    killed.onEpoch(RUN, epoch(1));
    killed.onEpoch(RUN, epoch(2));
    killed.send();

    MlflowFeed next = feed();
    IntStream.rangeClosed(1, 3).forEach(epoch -> next.onEpoch(RUN, epoch(epoch)));
    next.send();
    assertThat(values()).hasSize(3 * 13).doesNotHaveDuplicates();

    // And once more by the worker that takes the place of a dead one, within the sweep.
    next.onEpoch(RUN, epoch(1));
    next.send();
    assertThat(values()).hasSize(3 * 13);
    TestRuns.store(folder, RUN);
    next.onEnd(RUN);
    next.send();
    assertWhole();
  }

  @Test
  void atTheFirstTroubleItStopsAndAnExportSendsTheRest() throws Exception {
    MlflowFeed feed = feed();
    feed.onEpoch(RUN, epoch(1));
    feed.send();
    server.faults(request -> Fault.REFUSED);
    feed.onEpoch(RUN, epoch(2));
    feed.send();
    assertThat(feed.trouble()).hasValueSatisfying(text -> assertThat(text).contains(server.uri()));
    server.faults(request -> null);
    feed.onEpoch(RUN, epoch(3));
    feed.send();
    assertThat(server.requests()).isEmpty();

    TestRuns.store(folder, RUN);
    assertThat(export().sent()).isEqualTo(1);
    assertWhole();
  }

  @Test
  void sendingTakesAHundredthOfAllCoresAtMost() {
    long second = TimeUnit.SECONDS.toNanos(1);
    // A second of one core, of a hundred seconds of one, of fifty of two.
    assertThat(MlflowFeed.allowed(100 * second, 1)).isEqualTo(second);
    assertThat(MlflowFeed.allowed(50 * second, 2)).isEqualTo(second);
  }

  @Test
  void aSendingWhoseTimeIsUpLeavesTheOtherRunsToTheNext() throws Exception {
    RunSpec other = TestRuns.spec("other", 0.5, 0, 3, 0);
    MlflowFeed feed = feed();
    feed.onEpoch(RUN, epoch(1));
    feed.onEpoch(other, epoch(1));
    feed.send(1);
    assertThat(server.runs()).containsOnlyKeys("sweep", "first seed 0");
    feed.onEpoch(RUN, epoch(2));
    feed.send(1);
    assertThat(server.runs()).containsOnlyKeys("sweep", "first seed 0", "other seed 0");
    assertThat(values()).hasSize(13);
    feed.send(1);
    assertThat(values()).hasSize(2 * 13);
  }

  @Test
  void closingDoesNotWaitForTheNextSending() throws Exception {
    MlflowFeed feed = feed().start();
    feed.onEpoch(RUN, epoch(1));
    feed.close();
    assertThat(server.requests()).isEmpty();
  }
}
