package io.shrinklab.sweep;

import io.shrinklab.results.Environment;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.tensor.EngineStart;

/** The places where a sweep's runs are trained. */
interface Workplaces extends AutoCloseable {
  /** How many lists of runs are given out at a time. */
  int count();

  /** One of them, counted from 1; asked for in their order. */
  Workplace place(int number);

  /** Gives back what they share; each has been left. */
  @Override
  void close();

  /** Makes them, for one sweep. */
  interface Maker {
    Workplaces make(Site site);
  }

  /**
   * What they are made for.
   *
   * @param workers runs that are trained at a time, or lists of them that are trained side by side
   * @param beside whether one process may train several at a time
   * @param environment of this process
   */
  record Site(
      SweepOptions options,
      String sweep,
      SweepFolder folder,
      int workers,
      boolean beside,
      Environment environment,
      StopSignal stop) {
    /** Of this process. */
    static Site here(
        SweepOptions options, String sweep, SweepFolder folder, Agenda agenda, StopSignal stop) {
      return new Site(
          options,
          sweep,
          folder,
          agenda.plan().workers(),
          agenda.canBeBeside(),
          Environment.detect(EngineStart.THREADS),
          stop);
    }
  }
}
