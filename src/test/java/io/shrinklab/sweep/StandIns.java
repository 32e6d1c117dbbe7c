package io.shrinklab.sweep;

import io.shrinklab.results.WritePoint;
import java.nio.file.Path;

/** Sweeps whose workers compute nothing, for tests of what stands around them. */
public final class StandIns {
  private StandIns() {}

  /**
   * A sweep with real workers.
   *
   * @param point hears of the changes that the parent makes
   */
  public static Sweep real(SweepOptions options, WritePoint point) {
    return new Sweep(options, WorkerCommand::of, point);
  }

  /**
   * A sweep whose workers are {@link FaultyWorker}s.
   *
   * @param memory a folder where they remember what is to happen once
   * @param point hears of the changes that the parent makes
   * @param javaOptions of the workers
   */
  public static Sweep sweep(
      SweepOptions options, Path memory, WritePoint point, String... javaOptions) {
    TestSweep workers = new TestSweep(memory);
    for (String option : javaOptions) {
      workers.option(option);
    }
    return new Sweep(options, count -> workers.command(), point);
  }
}
