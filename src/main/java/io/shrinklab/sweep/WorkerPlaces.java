package io.shrinklab.sweep;

import java.util.function.IntFunction;

/** A worker process of this machine for each. */
final class WorkerPlaces implements Workplaces {
  private final Site site;
  private final WorkerStarter starter;

  private WorkerPlaces(Site site, WorkerCommand command) {
    this.site = site;
    this.starter =
        new WorkerStarter(command, site.options(), site.sweep(), site.environment(), site.stop());
  }

  /**
   * Starts nothing yet.
   *
   * @param commands how workers are started, by the number of those that run at a time
   */
  static Maker with(IntFunction<WorkerCommand> commands) {
    return site -> new WorkerPlaces(site, commands.apply(Math.max(1, site.workers())));
  }

  @Override
  public int count() {
    return site.workers();
  }

  @Override
  public Workplace place(int number) {
    return new WorkerPlace(number, starter, site.folder());
  }

  @Override
  public void close() {
    starter.close();
  }
}
