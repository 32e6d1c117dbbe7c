package io.shrinklab.spark;

import io.shrinklab.sweep.Cluster;
import io.shrinklab.sweep.Courier;
import io.shrinklab.sweep.SweepException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Apache Spark. What the user says, with {@code spark-submit} or as system properties {@code
 * spark.*}, counts; where nothing is said, what a sweep needs and Spark's own defaults would break.
 */
public final class SparkCluster implements Cluster {
  /** A system property: the program's jars, with commas between them. */
  private static final String JARS = "shrinklab.jars";

  /** Characters of a message. */
  private static final int LONGEST = 300;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.app.name", "shrinklab",
          "spark.ui.showConsoleProgress", "false",
          // Of what goes well the sweep's own progress tells, on the same terminal.
          "spark.log.level", "ERROR",
          // It carries and waits: the cores are for the workers, and not for its second compiler.
          "spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
          // A machine that fails at once would else attract all that others have not begun.
          "spark.excludeOnFailure.enabled", "true",
          // Of all results of a job, also those that were stored long ago.
          "spark.driver.maxResultSize", "0");

  @Override
  public Courier connect(
      String master, @Nullable Path shipped, boolean storesThere, Consumer<String> notices)
      throws SweepException, InterruptedException {
    SparkConf conf = new SparkConf().setMaster(master);
    DEFAULTS.forEach(conf::setIfMissing);
    boolean local = master.startsWith("local[") || master.equals("local");
    String jars = System.getProperty(JARS, "");
    if (!local && !jars.isEmpty()) {
      // Unless spark-submit was told: executors fetch what they do not have.
      conf.setIfMissing("spark.jars", jars);
    }
    if (!local && !conf.getBoolean("spark.authenticate", false)) {
      notices.accept(
          "Whoever reaches this cluster's ports can run programs on it: spark.authenticate is off."
              + " On a network that others share, see docs/cluster.md");
    }
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      throw new SweepException(
          "--spark: no connection to " + master + ": " + reason(e) + ". Nothing was trained", e);
    }
    return SparkCourier.of(context, shipped, storesThere, notices);
  }

  /** The first cause, in one line that is not too long to be read. */
  static String reason(Throwable e) {
    String line = message(e).strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }

  /** What the first cause says. */
  static String message(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String message = first.getMessage();
    return message == null ? first.getClass().getSimpleName() : message;
  }
}
