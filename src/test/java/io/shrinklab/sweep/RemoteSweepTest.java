package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose runs are trained elsewhere: by an outpost that a short way leads to. */
class RemoteSweepTest {
  @TempDir Path root;

  private TestSweep workers;
  private Path scratch;
  private final Recorder heard = new Recorder();
  private UnaryOperator<List<Delivery>> way = deliveries -> deliveries;
  private WritePoint point = WritePoint.PASS;
  private boolean shared;
  private int posts;

  @BeforeEach
  void folders() {
    workers = new TestSweep(root);
    scratch = root.resolve("scratch");
  }

  /** Carries orders to an outpost as a network would: as bytes. */
  private class Postman implements Courier {
    final Outpost outpost =
        new Outpost("elsewhere", scratch.resolve("" + posts++), null, count -> workers.command());
    final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

    @Override
    public int cores() {
      return 1;
    }

    @Override
    public boolean storesThere() {
      return shared;
    }

    @Override
    public List<Delivery> carry(Order order, BooleanSupplier stopped)
        throws OrderLostException, SweepException, InterruptedException {
      sizes.add(order.specs().size());
      try {
        return way.apply(sent(outpost.carryOut(sent(order), 1, stopped)));
      } catch (UnfitHostException e) {
        throw new SweepException(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public void close() {}
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"})
  private static <T> T sent(T value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private SweepSummary run(Courier courier, List<RunSpec> runs) throws Exception {
    return new Sweep(
            new SweepOptions(workers.results(), null, 1, OnFailure.GO_ON),
            point,
            RemotePlaces.with(courier))
        .run(TestSweep.NAME, runs, heard);
  }

  @Test
  void givesWhatASweepHereGivesAndLeavesNothingThere() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "b", "prints-garbage");
    SweepSummary summary = run(new Postman(), runs);
    assertThat(summary.text()).isEqualTo("6 of 6 runs are complete.");
    TestSweep here = new TestSweep(root.resolve("here"));
    Files.createDirectories(here.root);
    here.run(runs);
    assertThat(TestSweep.numbers(workers.results())).isEqualTo(TestSweep.numbers(here.results()));
    assertThat(heard.epochs).hasSizeGreaterThanOrEqualTo(18);
    assertThat(files(scratch)).noneMatch(file -> file.contains("/runs/") && file.contains("."));
    assertThat(Files.readString(workers.folder().path(runs.get(0)).resolve("run.json")))
        .contains("\"commit\"");
  }

  @Test
  void whoSeesTheResultsFolderStoresThere() throws Exception {
    shared = true;
    List<RunSpec> runs = TestSweep.runs("a");
    assertThat(run(new Postman(), runs).completed()).isEqualTo(2);
    assertThat(runs).allMatch(run -> workers.state(run) == RunState.COMPLETE);
    assertThat(files(scratch)).noneMatch(file -> file.contains("/runs/"));
  }

  @Test
  void aRunThatThrowsIsARowWithItsEpochsAndItsLog() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "throws");
    SweepSummary summary = run(new Postman(), runs);
    assertThat(summary.completed()).isEqualTo(2);
    assertThat(summary.failed()).hasSize(2);
    assertThat(summary.failed().get(0).reason())
        .isEqualTo("IllegalStateException: the loss has no gradient");
    List<EpochMetrics> epochs = workers.folder().read(runs.get(2)).record().orElseThrow().epochs();
    assertThat(epochs).extracting(EpochMetrics::epoch).containsExactly(1, 2);
    assertThat(workers.log(runs.get(2))).contains("the loss has no gradient", "stray print");
  }

  @Test
  void aWorkerThatDiesCostsItsRunsOneRetryEachAlone() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "b", "killed");
    Postman postman = new Postman();
    SweepSummary summary = run(postman, runs);
    assertThat(summary.completed()).isEqualTo(4);
    assertThat(summary.failed()).hasSize(2);
    assertThat(summary.failed().get(0).reason()).contains("signal 9");
    assertThat(postman.sizes).endsWith(1);
  }

  private static Delivery otherWeights(Delivery sound) {
    Map<String, byte[]> files = new HashMap<>(sound.files());
    files.put("weights.npz", "others".getBytes(StandardCharsets.UTF_8));
    return new Delivery(
        sound.host(), sound.run(), sound.reply(), sound.epochs(), sound.printed(), files);
  }

  @Test
  void whatIsNotTheRunIsNotStoredAndTriedAgain() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "b");
    AtomicInteger orders = new AtomicInteger();
    way =
        deliveries ->
            orders.getAndIncrement() > 0
                ? deliveries
                : List.of(otherWeights(deliveries.get(0)), deliveries.get(1));
    SweepSummary summary = run(new Postman(), runs);
    assertThat(summary.completed()).isEqualTo(4);
    assertThat(heard.notices)
        .anyMatch(notice -> notice.contains("What came back from elsewhere is not this run"));
    assertThat(orders).hasValue(3);
  }

  @Test
  void aRunThatNeverComesBackWholeIsARow() throws Exception {
    way = deliveries -> deliveries.stream().map(RemoteSweepTest::otherWeights).toList();
    SweepSummary summary = run(new Postman(), TestSweep.runs("a").subList(0, 1));
    assertThat(summary.failed()).hasSize(1);
    assertThat(summary.failed().get(0).reason())
        .contains("elsewhere", "weights.npz has 6 bytes instead of");
  }

  @Test
  void answersThatNobodyAskedForAreLeftAlone() throws Exception {
    way =
        deliveries -> {
          Delivery first = deliveries.get(0);
          List<Delivery> more = new ArrayList<>(deliveries);
          more.add(first);
          for (int run : new int[] {-1, 7}) {
            more.add(new Delivery("x", run, first.reply(), List.of(), "", first.files()));
          }
          return more;
        };
    SweepSummary summary = run(new Postman(), TestSweep.runs("a"));
    assertThat(summary.completed()).isEqualTo(2);
    assertThat(summary.plan().runs()).isEqualTo(2);
  }

  @Test
  void anOrderWithoutAnswersIsTriedRunByRun() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "b");
    AtomicInteger orders = new AtomicInteger();
    way = deliveries -> orders.getAndIncrement() == 0 ? List.of() : deliveries;
    Postman postman = new Postman();
    assertThat(run(postman, runs).completed()).isEqualTo(4);
    assertThat(postman.sizes).containsExactlyInAnyOrder(2, 2, 1, 1);
  }

  @Test
  void machinesThatAreGoneEndTheSweepAndKeepWhatIsStored() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "b");
    AtomicInteger orders = new AtomicInteger();
    Courier lost =
        new Postman() {
          @Override
          public List<Delivery> carry(Order order, BooleanSupplier stopped)
              throws OrderLostException, SweepException, InterruptedException {
            if (orders.getAndIncrement() > 0) {
              throw new SweepException("The cluster ended this application");
            }
            return super.carry(order, stopped);
          }
        };
    assertThatThrownBy(() -> run(lost, runs))
        .isInstanceOf(SweepException.class)
        .hasMessage("The cluster ended this application");
    assertThat(runs).anyMatch(run -> workers.state(run) == RunState.COMPLETE);
    assertThat(run(new Postman(), runs).done()).isEqualTo(4);
  }

  @Test
  void aFullDiskHereEndsTheSweepAndTheSameCallGoesOn() throws Exception {
    List<RunSpec> runs = TestSweep.runs("a", "b");
    AtomicInteger writes = new AtomicInteger();
    point =
        (change, path) -> {
          if (change == WritePoint.Change.WRITE && writes.incrementAndGet() > 20) {
            throw new IOException("No space left on device");
          }
        };
    assertThatThrownBy(() -> run(new Postman(), runs))
        .isInstanceOf(ResultsException.class)
        .hasMessageContaining("No space left on device");
    point = WritePoint.PASS;
    assertThat(run(new Postman(), runs).done()).isEqualTo(4);
    assertThat(files(workers.results())).noneMatch(file -> file.contains(".incomplete-"));
  }

  @Test
  void aHostThatCannotStoreOrStartAWorkerIsUnfit() throws Exception {
    Files.writeString(root.resolve("scratch"), "a file where the folder is to be");
    assertThatThrownBy(() -> run(new Postman(), TestSweep.runs("a")))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("elsewhere")
        .hasRootCauseInstanceOf(IOException.class);
    Files.delete(root.resolve("scratch"));
    workers.option("-Dtest.deadOnArrival=true");
    assertThatThrownBy(() -> run(new Postman(), TestSweep.runs("a")))
        .hasMessageContaining("elsewhere: No worker process can be started")
        .hasMessageContaining("libtorch is missing");
  }

  @Test
  void aHostWithOtherDataIsUnfit() throws Exception {
    Path data = Files.createDirectories(root.resolve("data"));
    Files.writeString(data.resolve("t.csv"), "x,y\n1,2\n2,3\n3,5\n4,4\n");
    Outpost outpost = new Outpost("elsewhere", scratch, data, count -> workers.command());
    String run =
        """
        {"variant": {"name": "none", "entry": "none", "setting": "",
          "data": {"kind": "csv", "file": "%s", "checksum": "sha256:%s", "target": "y",
            "task": "regression", "validation": 1},
          "network": {"kind": "linear"}, "optimizer": {"kind": "sgd", "learningRate": 0.1},
          "training": {"epochs": 1}, "penalty": {"kind": "none"}}, "seed": 0}
        """
            .formatted(data.resolve("t.csv"), "0".repeat(64));
    Order order = new Order(TestSweep.NAME, List.of(run), null, null, "abc", false);
    assertThatThrownBy(() -> outpost.carryOut(order, 1, () -> false))
        .isInstanceOf(UnfitHostException.class)
        .hasMessageContaining("elsewhere: ")
        .hasMessageContaining("t.csv");
  }

  @Test
  void whoWaitsNoMoreHasTheWorkerEnded() throws Exception {
    Outpost outpost = new Outpost("elsewhere", scratch, null, count -> workers.command());
    List<RunSpec> runs = TestSweep.runs("hangs").subList(0, 1);
    Order order = new Order(TestSweep.NAME, Order.write(runs), null, null, "abc", false);
    List<Delivery> deliveries =
        outpost.carryOut(order, 1, () -> Files.exists(root.resolve("workers")));
    assertThat(deliveries).extracting(Delivery::run).containsOnlyNulls();
    long pid = Long.parseLong(Files.readAllLines(root.resolve("workers")).get(0));
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive)).isNotEqualTo(Optional.of(true));
  }

  @Test
  void aSweepThatIsStoppedWaitsForNothing() throws Exception {
    Thread here = Thread.currentThread();
    AtomicBoolean interrupted = new AtomicBoolean();
    Courier waiting =
        new Postman() {
          @Override
          public List<Delivery> carry(Order order, BooleanSupplier stopped)
              throws OrderLostException, InterruptedException {
            if (interrupted.compareAndSet(false, true)) {
              here.interrupt();
            }
            while (!stopped.getAsBoolean()) {
              Thread.sleep(Duration.ofMillis(5).toMillis());
            }
            throw new OrderLostException("stopped");
          }
        };
    assertThatThrownBy(() -> run(waiting, TestSweep.runs("a")))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(run(new Postman(), TestSweep.runs("a")).ending()).isEqualTo(Ending.FINISHED);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }
}
