package io.shrinklab.command;

import io.shrinklab.export.MlflowFeed;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepListener;
import java.util.function.Consumer;

/** Tells an MLflow server of epochs while a sweep goes on, and a person once when that ended. */
final class LiveMlflow implements SweepListener {
  private final MlflowFeed feed;
  private final Consumer<String> notes;
  private boolean told;

  LiveMlflow(MlflowFeed feed, Consumer<String> notes) {
    this.feed = feed;
    this.notes = notes;
  }

  @Override
  public void onEpoch(int worker, RunSpec spec, EpochMetrics metrics) {
    feed.onEpoch(spec, metrics);
    tell();
  }

  @Override
  public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
    feed.onEnd(spec);
    tell();
  }

  private void tell() {
    if (!told && feed.trouble().isPresent()) {
      told = true;
      notes.accept(
          feed.trouble().get() + ". Training goes on, and the rest is sent when it is over");
    }
  }
}
