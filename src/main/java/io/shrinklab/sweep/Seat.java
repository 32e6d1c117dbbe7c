package io.shrinklab.sweep;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.results.Content;
import io.shrinklab.results.Environment;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One worker of an {@link Outpost}, with a scratch folder that is empty between two orders. */
final class Seat {
  private final String host;
  private final SweepFolder scratch;
  private final boolean shared;
  private final WorkerPlace place;

  private Seat(String host, SweepFolder scratch, boolean shared, WorkerPlace place) {
    this.host = host;
    this.scratch = scratch;
    this.shared = shared;
    this.place = place;
  }

  /** Starts no worker yet. */
  static Seat of(
      String host,
      Path scratch,
      Order order,
      @Nullable Path data,
      WorkerCommand command,
      Environment environment)
      throws ResultsException {
    String results = order.results();
    Path stores = results == null ? scratch : Path.of(results);
    SweepOptions options = new SweepOptions(stores, data, 1, OnFailure.GO_ON);
    WorkerStarter starter =
        new WorkerStarter(command, options, order.sweep(), environment, new StopSignal());
    SweepFolder own = SweepFolder.lock(scratch, order.sweep(), WritePoint.PASS);
    return new Seat(host, own, results != null, new WorkerPlace(new WorkerHost(1, starter, own)));
  }

  /** Ends the worker, and with it what it trains. */
  void kill() {
    place.kill();
  }

  /** Has runs trained, and takes what is stored of them. */
  List<Delivery> train(List<RunSpec> runs)
      throws ResultsException, SweepException, InterruptedException {
    if (!place.ready(false)) {
      throw new SweepException("No worker is started any more");
    }
    Content printed = place.printed();
    SortedMap<Integer, List<EpochMetrics>> open = new TreeMap<>();
    for (int run = 0; run < runs.size(); run++) {
      open.put(run, new ArrayList<>());
    }
    List<Delivery> deliveries = new ArrayList<>();
    Optional<Reply> rest =
        place.train(
            runs,
            new Workplace.Heard() {
              @Override
              public void epoch(int run, EpochMetrics metrics) {
                List<EpochMetrics> epochs = open.get(run);
                if (epochs != null) {
                  epochs.add(metrics);
                }
              }

              @Override
              public void ended(int run, Reply reply) throws ResultsException {
                List<EpochMetrics> epochs = open.remove(run);
                deliveries.add(
                    reply instanceof Reply.Stored
                        ? stored(run, reply, runs.get(run))
                        : lost(run, reply, lines(run, epochs), printed));
              }
            });
    if (rest.isPresent()) {
      Reply reply = rest.get();
      if (reply instanceof Reply.Unwritable full && !shared) {
        throw new SweepException(full.reason());
      }
      // Of one run it is that run's own; of several nobody knows how far each was.
      List<String> epochs =
          open.size() == 1 ? lines(open.firstKey(), open.get(open.firstKey())) : List.of();
      deliveries.add(lost(null, reply, epochs, printed));
    }
    scratch.clean();
    return deliveries;
  }

  private static List<String> lines(int run, @Nullable List<EpochMetrics> epochs) {
    return epochs == null
        ? List.of()
        : epochs.stream().map(epoch -> Message.Epoch.of(run, epoch).line()).toList();
  }

  private Delivery stored(int run, Reply reply, RunSpec spec) throws ResultsException {
    Map<String, byte[]> files = shared ? Map.of() : scratch.take(spec);
    return new Delivery(host, run, reply, List.of(), "", files);
  }

  private Delivery lost(@Nullable Integer run, Reply reply, List<String> epochs, Content printed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      printed.writeTo(bytes);
    } catch (IOException e) {
      // What was printed helps people, and is not worth a machine.
      bytes.reset();
    }
    return new Delivery(host, run, reply, epochs, bytes.toString(StandardCharsets.UTF_8), Map.of());
  }
}
