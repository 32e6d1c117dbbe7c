package io.shrinklab.spark;

import io.shrinklab.sweep.UnfitHostException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorExcluded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells of machines what the user should know: once each, and not at their ordinary end. */
final class ClusterNotices extends SparkListener {
  private final Consumer<String> notices;
  private final Set<String> told = new HashSet<>();
  private volatile String unfit = "";

  ClusterNotices(Consumer<String> notices) {
    this.notices = notices;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure
        && failure.className().equals(UnfitHostException.class.getName())) {
      unfit = failure.description().lines().findFirst().orElse("");
      once("Unfit to train, and its runs go elsewhere: " + unfit);
    }
  }

  /** What the last host that was unfit said; empty where none was. */
  String unfit() {
    return unfit;
  }

  @Override
  public void onExecutorExcluded(SparkListenerExecutorExcluded excluded) {
    once("Executor " + excluded.executorId() + " is given nothing more: it failed too often");
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    once("Executor " + removed.executorId() + " is gone: " + removed.reason());
  }

  private synchronized void once(String notice) {
    if (told.add(notice)) {
      notices.accept(notice.lines().findFirst().orElse(""));
    }
  }
}
