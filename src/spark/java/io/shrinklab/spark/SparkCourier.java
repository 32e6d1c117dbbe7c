package io.shrinklab.spark;

import io.shrinklab.sweep.Courier;
import io.shrinklab.sweep.Delivery;
import io.shrinklab.sweep.Order;
import io.shrinklab.sweep.OrderLostException;
import io.shrinklab.sweep.SweepException;
import io.shrinklab.sweep.UnfitHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A job of one task for each order: so that its runs are stored when it ends, and one that is lost
 * takes no other along. Spark tries a task again where an executor is lost or its host unfit.
 */
final class SparkCourier implements Courier {
  /** An application that the master removed is told to nobody who waits: we ask. */
  private static final int ASK_MILLIS = 500;

  /** How long nobody may have come to work before that is said. */
  private static final int LONELY_SECONDS = 30;

  /** In Spark's message where each executor that there is has failed too often. */
  private static final String ALL_EXCLUDED = "cannot run anywhere due to node and executor exclude";

  private final JavaSparkContext context;
  private final GroupTask task;
  private final ClusterNotices hosts;
  private final boolean storesThere;
  private final Solitude solitude;

  private SparkCourier(
      JavaSparkContext context,
      GroupTask task,
      ClusterNotices hosts,
      boolean storesThere,
      Solitude solitude) {
    this.context = context;
    this.task = task;
    this.hosts = hosts;
    this.storesThere = storesThere;
    this.solitude = solitude;
  }

  static SparkCourier of(
      JavaSparkContext context,
      @Nullable Path shipped,
      boolean storesThere,
      Consumer<String> notices)
      throws SweepException, InterruptedException {
    ClusterNotices hosts = new ClusterNotices(notices);
    context.sc().addSparkListener(hosts);
    String data = shipped == null ? null : Shipment.of(shipped).into(context);
    SparkCourier courier = new SparkCourier(
            context, new GroupTask(data), hosts, storesThere, Solitude.of(context, notices));
    courier.awaitExecutors(notices);
    return courier;
  }

  /** Until it is known how many cores there are: two looks a second apart that agree. */
  private void awaitExecutors(Consumer<String> notices)
      throws SweepException, InterruptedException {
    if (context.sc().isLocal()) {
      return;
    }
    int before = -1;
    for (int second = 0; ; second++) {
      int now = executors();
      if (now > 0 && now == before) {
        return;
      }
      before = now;
      if (second == LONELY_SECONDS && now == 0) {
        notices.accept(
            "No executor of "
                + context.master()
                + " has come yet: it may be busy, or have too little memory or too few cores for"
                + " one. Waiting");
      }
      requireAlive();
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** Without the driver, which is one of them to Spark. */
  private int executors() {
    return context.sc().statusTracker().getExecutorInfos().length - 1;
  }

  @Override
  public int cores() {
    return Math.max(1, context.defaultParallelism());
  }

  @Override
  public boolean storesThere() {
    return storesThere;
  }

  @Override
  public List<Delivery> carry(Order order, BooleanSupplier stopped)
      throws OrderLostException, SweepException, InterruptedException {
    JavaFutureAction<List<List<Delivery>>> job = null;
    try {
      context.setJobDescription(order.sweep() + ": " + order.specs().size() + " runs");
      job = context.parallelize(List.of(order), 1).map(task).collectAsync();
      while (true) {
        try {
          return job.get(ASK_MILLIS, TimeUnit.MILLISECONDS).get(0);
        } catch (TimeoutException e) {
          requireAlive();
          solitude.look(executors());
          if (stopped.getAsBoolean()) {
            job.cancel(true);
            throw new OrderLostException("The sweep was stopped");
          }
        }
      }
    } catch (ExecutionException | IllegalStateException e) {
      requireAlive();
      throw judged(e);
    } catch (InterruptedException e) {
      if (job != null) {
        job.cancel(true);
      }
      throw e;
    }
  }

  private void requireAlive() throws SweepException {
    if (context.sc().isStopped()) {
      throw new SweepException(
          "The cluster "
              + context.master()
              + " ended this application. What is stored is kept; the same command goes on");
    }
  }

  /** A host that is unfit is no run's fault; where all that were tried are, nothing can be done. */
  private OrderLostException judged(Exception e) throws SweepException {
    String text = SparkCluster.message(e);
    if (text.contains(UnfitHostException.class.getName()) || text.contains(ALL_EXCLUDED)) {
      throw new SweepException(
          "No run can be trained on the hosts that were tried, the last of them "
              + hosts.unfit()
              + ". What is stored is kept; the same command goes on",
          e);
    }
    return new OrderLostException(SparkCluster.reason(e));
  }

  @Override
  public void close() {
    context.close();
  }
}
