package io.shrinklab.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Threads of worker processes of this machine. */
final class WorkerPlaces implements Workplaces {
  private final Site site;
  private final WorkerStarter starter;

  /** Lists of runs that one process trains at a time. */
  private final int threads;

  private final List<WorkerHost> hosts = new ArrayList<>();

  private WorkerPlaces(Site site, WorkerCommand command, int threads) {
    this.site = site;
    this.threads = threads;
    this.starter =
        new WorkerStarter(command, site.options(), site.sweep(), site.environment(), site.stop());
  }

  /**
   * Starts nothing yet.
   *
   * @param commands how workers are started, by the number of processes that run at a time
   * @param most lists of runs that one process trains at a time, where their networks allow it
   */
  static Maker with(IntFunction<WorkerCommand> commands, int most) {
    return site -> {
      int threads = site.beside() ? Math.max(1, Math.min(most, site.workers())) : 1;
      int processes = Math.max(1, (site.workers() + threads - 1) / threads);
      return new WorkerPlaces(site, commands.apply(processes), threads);
    };
  }

  @Override
  public int count() {
    return site.workers();
  }

  @Override
  public Workplace place(int number) {
    if (threads == 1) {
      return new WorkerPlace(host(number));
    }
    int thread = (number - 1) % threads + 1;
    if (thread == 1) {
      hosts.add(host(number));
    }
    // Its log is none of those that are shared.
    return new WorkerPlace(hosts.get(hosts.size() - 1), host(site.workers() + number), thread);
  }

  private WorkerHost host(int number) {
    return new WorkerHost(number, starter, site.folder());
  }

  @Override
  public void close() {
    starter.close();
  }
}
