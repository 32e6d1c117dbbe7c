package io.shrinklab.sweep;

import static io.shrinklab.sweep.TestSweep.runs;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.RunState;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.testing.ASpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory outside the Java heap runs out in a run: of each kind, and in whoever asks for it. */
class NativeMemoryTest {
  @TempDir Path root;

  /** A sweep of a run that fails so, and of good runs before and after it, with one worker. */
  private TestSweep sweepWith(String fault) throws Exception {
    // Beyond what the C library reserves at once, 64 MiB: so the system is asked, and refuses.
    TestSweep sweep = new TestSweep(root).option("-XX:MaxDirectMemorySize=128m");
    List<RunSpec> good = runs("good");
    SweepSummary summary = sweep.run(List.of(good.get(0), spec(fault), good.get(1)));
    assertThat(summary.failed()).hasSize(1);
    assertThat(good).allSatisfy(run -> assertThat(sweep.state(run)).isEqualTo(RunState.COMPLETE));
    return sweep;
  }

  private static RunSpec spec(String fault) {
    return TestRuns.spec(fault, 1, 5);
  }

  private static String reason(TestSweep sweep, String fault) {
    RunRecord row = sweep.folder().read(spec(fault)).record().orElseThrow();
    assertThat(row.status()).isEqualTo(RunStatus.FAILED);
    assertThat(row.epochs()).extracting(EpochMetrics::epoch).containsExactly(1, 2);
    return row.reason();
  }

  private long workers() throws Exception {
    return Files.readAllLines(root.resolve("workers")).size();
  }

  @Test
  void directBuffersThatRunOutAreAFailedRowAndAFreshWorker() throws Exception {
    TestSweep sweep = sweepWith("eats-buffers");
    assertThat(reason(sweep, "eats-buffers"))
        .startsWith("Out of native memory: ")
        .containsIgnoringCase("direct buffer memory")
        .contains("Fewer --jobs");
    assertThat(sweep.log(spec("eats-buffers"))).contains("java.lang.OutOfMemoryError");
    assertThat(sweep.heard.notices).isEmpty();
    assertThat(workers()).isEqualTo(2);
  }

  @Test
  void aThreadThatCannotBeStartedIsAFailedRowAndAFreshWorker() throws Exception {
    TestSweep sweep = sweepWith("eats-threads");
    assertThat(reason(sweep, "eats-threads"))
        .startsWith("Out of native memory: unable to create native thread")
        .contains("Fewer --jobs");
    assertThat(workers()).isEqualTo(2);
  }

  @Test
  void aVirtualMachineThatGetsNoMemoryForItselfIsTriedTwiceAndThenAFailedRow() throws Exception {
    ProcessLimit.assumeCanBeSet();
    TestSweep sweep = sweepWith("eats-malloc");
    assertThat(reason(sweep, "eats-malloc"))
        .matches(
            "Out of native memory: Native memory allocation \\(\\w+\\) failed to \\w+ \\d+ bytes.*"
                + "Fewer --jobs.*");
    assertThat(sweep.log(spec("eats-malloc")))
        .contains("There is insufficient memory for the Java Runtime Environment to continue");
    assertThat(sweep.heard.notices)
        .singleElement()
        .asString()
        .startsWith("eats-malloc seed 5 is tried once more: Out of native memory: ");
    assertThat(workers()).isEqualTo(3);
  }

  private static RunSpec real(String name, NetworkSpec network, long seed) {
    return ASpec.named(name)
        .data(ASpec.digits(64, 64, DataSpec.Split.PER_SEED))
        .network(network)
        .training(ASpec.epochs(1, 16))
        .penalty(new PenaltySpec.WeightDecay(0.1, PenaltySpec.Scope.ALL))
        .seed(seed);
  }

  @Test
  void anArrayThatTheEngineCannotAllocateIsAFailedRowAndAFreshWorker() throws Exception {
    NetworkSpec.Custom modest = new NetworkSpec.Custom(AbsurdNetwork.Modest.class.getName());
    RunSpec before = real("before", modest, 0);
    RunSpec absurd = real("absurd", new NetworkSpec.Custom(AbsurdNetwork.class.getName()), 0);
    RunSpec after = real("after", modest, 1);
    Recorder heard = new Recorder();
    SweepSummary summary =
        new Sweep(new SweepOptions(root, null, 1, OnFailure.GO_ON))
            .run("real", List.of(before, absurd, after), heard);

    SweepFolder folder = SweepFolder.open(root, "real");
    // 2^50 values of four bytes each.
    assertThat(folder.read(absurd).record().orElseThrow().reason())
        .startsWith("Out of native memory: DefaultCPUAllocator: ")
        .contains("memory: you tried to allocate 4503599627370496 bytes")
        .contains("Fewer --jobs");
    assertThat(heard.starts).containsExactly("before seed 0", "absurd seed 0", "after seed 1");
    assertThat(summary.failed()).hasSize(1);
    assertThat(List.of(before, after))
        .allSatisfy(run -> assertThat(folder.read(run).state()).isEqualTo(RunState.COMPLETE));
  }

  @Test
  void aNetworkThatIsTooLargeToBeStoredIsAFailedRowBeforeItIsTrained() throws Exception {
    RunSpec wide =
        real(
            "wide",
            new NetworkSpec.Mlp(List.of(65536, 65536), NetworkSpec.Activation.RELU, 0, false),
            0);
    new Sweep(new SweepOptions(root, null, 1, OnFailure.GO_ON))
        .run("real", List.of(wide), new Recorder());

    RunRecord row = SweepFolder.open(root, "real").read(wide).record().orElseThrow();
    // 2^32 values; 2^31 bytes, less one mebibyte for the archive around them, have room for
    // 2^29 - 2^18 - 1 of four bytes each.
    assertThat(row.reason())
        .isEqualTo(
            "IllegalArgumentException: network: a parameter of shape (65536, 65536) would have"
                + " 4294967296 values; at most 536608767 (2 GiB) can be stored");
    assertThat(row.epochs()).isEmpty();
  }
}
