package io.shrinklab.spark;

import io.shrinklab.sweep.Delivery;
import io.shrinklab.sweep.Order;
import io.shrinklab.sweep.Outpost;
import io.shrinklab.sweep.UnfitHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an executor does with an order: it hands it to its outpost, of which it has one. The scratch
 * folder is in the executor's own, which Spark removes, whatever the end of the executor.
 *
 * @param shipped the name of data that came along, among the files of the application; null for
 *     none
 */
record GroupTask(@Nullable String shipped) implements Function<Order, List<Delivery>> {
  // Both guarded by this class; one pair per executor, unless it is a process with several
  // applications in turn.
  private static @Nullable Outpost outpost;
  private static String application = "";

  @Override
  public List<Delivery> call(Order order) throws UnfitHostException, InterruptedException {
    TaskContext task = TaskContext.get();
    return outpost(order).carryOut(order, atATime(task), task::isInterrupted);
  }

  /** Orders that this executor carries out at a time: where nobody says, it has the whole host. */
  private static int atATime(TaskContext task) {
    int cores =
        SparkEnv.get()
            .conf()
            .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
    return Math.max(1, cores / task.cpus());
  }

  private Outpost outpost(Order order) {
    synchronized (GroupTask.class) {
      SparkEnv executor = SparkEnv.get();
      String now = executor.conf().getAppId();
      if (outpost == null || !application.equals(now)) {
        application = now;
        String host = executor.blockManager().blockManagerId().host();
        Path own = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath();
        outpost =
            new Outpost(
                host + " (executor " + executor.executorId() + ")",
                own.resolve("scratch-" + UUID.randomUUID()),
                shipped == null ? directory(order) : own.resolve(shipped));
      }
      return outpost;
    }
  }

  private static @Nullable Path directory(Order order) {
    return order.dataDirectory() == null ? null : Path.of(order.dataDirectory());
  }
}
