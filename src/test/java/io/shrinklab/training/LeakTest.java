package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.DECOUPLED;
import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.DataSets;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing is freed by the garbage collector here, so whatever a step or a run keeps is kept for
 * good.
 */
@ExtendWith(EngineExtension.class)
class LeakTest {

  static Stream<PenaltySpec> penalties() {
    return Stream.of(
        Specs.NONE,
        Specs.lp(0.5, 1e-3, GRADIENT),
        Specs.lp(1.3, 1e-3, GRADIENT),
        Specs.lp(0.7, 1e-3, PROXIMAL),
        Specs.lp(1.3, 1e-3, PROXIMAL),
        Specs.lp(2.5, 1e-3, DECOUPLED),
        Specs.elasticNet(1e-3, 1e-3, PROXIMAL));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void theNumberOfManagedArraysIsFlatOverEpochs(PenaltySpec penalty, NDManager manager)
      throws Exception {
    RunSpec spec = Specs.spec().penalty(penalty).epochs(4).dropout(0.2).batchNorm().build();
    try (DataSets dataSets = new DataSets(null)) {
      var data = dataSets.split(spec.variant().data(), spec.seed(), manager);
      List<Integer> counts = new ArrayList<>();
      TrainingListener counting =
          new TrainingListener() {
            @Override
            public void onEpoch(RunSpec told, io.shrinklab.outcome.EpochMetrics metrics) {
              counts.add(arrays(manager) + arrays(manager.getParentManager()));
            }
          };
      new Cohort(List.of(spec), data, manager, new SingleRun(counting)).train();
      // The first epoch has already made all that lasts.
      assertThat(counts).hasSize(4).containsOnly(counts.get(0));
    }
  }

  @Test
  void residentMemoryIsFlatOverThreeHundredRuns() throws Exception {
    RunSpec spec =
        Specs.spec().penalty(Specs.lp(1, 1e-3, PROXIMAL)).epochs(1).batchSize(100).build();
    assertFlat(300, training -> training.run(spec, TrainingListener.SILENT));
  }

  /** One run of each leaves after its first epoch, so that a smaller stack is made as well. */
  @Test
  void residentMemoryIsFlatOverTwoHundredCohorts() throws Exception {
    List<RunSpec> cohort =
        List.of(
            Specs.spec().epochs(2).batchSize(100).build(),
            Specs.spec().epochs(1).batchSize(100).build(),
            Specs.spec().penalty(Specs.lp(1, 1e-3, PROXIMAL)).epochs(2).batchSize(100).build());
    AtomicInteger ended = new AtomicInteger();
    CohortListener counting =
        new CohortListener() {
          @Override
          public void onOutcome(RunOutcome outcome) {
            ended.incrementAndGet();
          }

          @Override
          public void onFailure(RunSpec run, Exception fault) {
            throw new IllegalStateException(fault);
          }
        };
    assertFlat(200, training -> training.run(cohort, counting));
    assertThat(ended).hasValue(600);
  }

  private interface Trained {
    void by(Training training) throws Exception;
  }

  private static void assertFlat(int times, Trained trained) throws Exception {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.exists(status), "resident memory is read from " + status);
    try (DataSets dataSets = new DataSets(null)) {
      Training training = new Training(dataSets);
      List<Long> resident = new ArrayList<>();
      for (int time = 1; time <= times; time++) {
        trained.by(training);
        if (time % 50 == 0) {
          System.gc();
          resident.add(residentKilobytes(status));
        }
      }
      // A run holds about 1.5 MB of arrays: 50 that were kept would be 75 MB in every stretch,
      // while the virtual machine's own heap and compiler grow in some stretches only.
      long least = Long.MAX_VALUE;
      for (int i = 1; i < resident.size(); i++) {
        least = Math.min(least, resident.get(i) - resident.get(i - 1));
      }
      assertThat(least).as("of %s kB", resident).isLessThan(5_000);
    }
  }

  private static int arrays(NDManager manager) {
    return manager.getManagedArrays().size();
  }

  private static long residentKilobytes(Path status) throws Exception {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
