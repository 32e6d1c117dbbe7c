package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.results.RunState;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.testing.ASpec;
import io.shrinklab.training.Cohorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker process that trains several lists of runs at a time. */
class SharedWorkerTest {
  @TempDir Path root;

  private int processes() throws IOException {
    return new TreeSet<>(Files.readAllLines(root.resolve("workers"))).size();
  }

  @Test
  void trainsForAllInOneProcess() throws Exception {
    TestSweep sweep = new TestSweep(root).jobs(2).threads(2).option("-Dtest.epochMillis=10");
    List<RunSpec> runs = TestSweep.runs("a", "b", "c", "d");
    assertThat(sweep.run(runs).completed()).isEqualTo(8);
    assertThat(processes()).isEqualTo(1);
    assertThat(sweep.heard.epochs).hasSize(24);
    assertThat(runs).allSatisfy(run -> assertThat(sweep.state(run)).isEqualTo(RunState.COMPLETE));
  }

  @Test
  void networksThatNeedTheEngineForThemselvesHaveProcessesOfTheirOwn() {
    assertThat(beside(new NetworkSpec.Linear(true))).isTrue();
    assertThat(beside(mlp(NetworkSpec.Activation.RELU))).isTrue();
    assertThat(beside(mlp(NetworkSpec.Activation.TANH))).isFalse();
    assertThat(
            beside(
                new NetworkSpec.Cnn(
                    List.of(4), 3, List.of(8), NetworkSpec.Activation.RELU, 0, false)))
        .isFalse();
  }

  private static NetworkSpec mlp(NetworkSpec.Activation activation) {
    return new NetworkSpec.Mlp(List.of(8), activation, 0, false);
  }

  private static boolean beside(NetworkSpec network) {
    return Cohorts.canBeBeside(ASpec.named("a").network(network).seed(0));
  }
}
