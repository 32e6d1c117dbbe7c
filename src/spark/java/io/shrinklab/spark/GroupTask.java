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
 * @param cores orders that an executor carries out at a time
 */
record GroupTask(@Nullable String shipped, int cores) implements Function<Order, List<Delivery>> {
  private static @Nullable Outpost outpost;

  @Override
  public List<Delivery> call(Order order) throws UnfitHostException, InterruptedException {
    TaskContext task = TaskContext.get();
    return outpost(order).carryOut(order, cores, task::isInterrupted);
  }

  private Outpost outpost(Order order) {
    synchronized (GroupTask.class) {
      if (outpost == null) {
        SparkEnv executor = SparkEnv.get();
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
