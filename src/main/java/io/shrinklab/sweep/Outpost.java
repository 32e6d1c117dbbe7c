package io.shrinklab.sweep;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.results.Environment;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.tensor.EngineStart;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A process of another machine that carries a sweep's orders out, in worker processes that it keeps
 * from one order to the next, and that end when it does. Used by many threads at once.
 */
public final class Outpost {
  /** How often it is asked whether anybody waits still. */
  private static final int WATCH_MILLIS = 200;

  private final String host;
  private final Path scratch;
  private final @Nullable Path data;
  private final IntFunction<WorkerCommand> commands;
  private final DataCheck check;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "outpost");
            thread.setDaemon(true);
            return thread;
          });

  // Guarded by this.
  private final Deque<Seat> free = new ArrayDeque<>();
  private int seats;

  /**
   * With real workers.
   *
   * @param host for people
   * @param scratch a folder of its own, which somebody else removes when this process is gone
   * @param data a folder with data sets; null to download
   */
  public Outpost(String host, Path scratch, @Nullable Path data) {
    this(host, scratch, data, WorkerCommand::of);
  }

  /** With workers of the test's choice. */
  Outpost(String host, Path scratch, @Nullable Path data, IntFunction<WorkerCommand> commands) {
    this.host = host;
    this.scratch = scratch;
    this.data = data;
    this.commands = commands;
    this.check = new DataCheck(new DataSets(data));
  }

  /**
   * Carries an order out.
   *
   * @param atATime orders that are carried out here at a time, at most
   * @param cancelled whether nobody waits any more; the worker at it is then ended
   * @throws UnfitHostException when nothing can be trained on this machine
   */
  public List<Delivery> carryOut(Order order, int atATime, BooleanSupplier cancelled)
      throws UnfitHostException, InterruptedException {
    try {
      List<RunSpec> runs = order.runs();
      requireData(runs);
      Seat seat = take(order, atATime);
      ScheduledFuture<?> watch =
          clock.scheduleWithFixedDelay(
              () -> {
                if (cancelled.getAsBoolean()) {
                  seat.kill();
                }
              },
              WATCH_MILLIS,
              WATCH_MILLIS,
              TimeUnit.MILLISECONDS);
      try {
        return seat.train(runs);
      } finally {
        watch.cancel(false);
        give(seat);
      }
    } catch (ExperimentException e) {
      Reply why = new Reply.Failed("Not understood on " + host + ": " + e.getMessage());
      return List.of(new Delivery(host, null, why, List.of(), "", Map.of()));
    } catch (DataException | ResultsException | SweepException e) {
      throw new UnfitHostException(host + ": " + e.getMessage(), e);
    }
  }

  /** What is here under the name of data has to be what was named by it. */
  private synchronized void requireData(List<RunSpec> runs) throws DataException {
    for (RunSpec run : runs) {
      if (!check.knows(run)) {
        check.check(run);
      }
    }
  }

  private synchronized Seat take(Order order, int atATime) throws ResultsException {
    Seat seat = free.poll();
    if (seat == null) {
      seats++;
      Environment environment =
          Environment.detect(EngineStart.THREADS).ofCode(order.commit(), order.dirty());
      seat =
          Seat.of(
              host,
              scratch.resolve("worker-" + seats),
              order,
              data,
              commands.apply(atATime),
              environment);
    }
    return seat;
  }

  private synchronized void give(Seat seat) {
    free.push(seat);
  }
}
