package io.shrinklab.training;

import io.shrinklab.network.Networks;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.TrainingSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runs may be trained side by side, and how many at once. Neither changes a number: what a
 * run gives does not depend on its company.
 */
public final class Cohorts {
  /** At most; more make no run quicker, and all of a cohort's are lost when its process dies. */
  public static final int MOST = 24;

  private Cohorts() {}

  /** What decides on rows, passes and the time that they may take; all else is a run's own. */
  private record Key(
      DataSpec data,
      NetworkSpec network,
      int batchSize,
      double labelSmoothing,
      double timeoutMinutes,
      long seed) {
    static Key of(RunSpec run) {
      TrainingSpec training = run.variant().training();
      return new Key(
          run.variant().data(),
          run.variant().network(),
          training.batchSize(),
          training.labelSmoothing(),
          training.timeoutMinutes(),
          run.seed());
    }
  }

  /**
   * Gathers runs that differ only in what is done to their weights: penalty, optimizer, learning
   * rate and stopping.
   *
   * @return lists in the order of their first runs; of one run where networks cannot be stacked
   */
  public static List<List<RunSpec>> alike(Iterable<RunSpec> runs) {
    Map<Key, List<RunSpec>> byKey = new LinkedHashMap<>();
    List<List<RunSpec>> all = new ArrayList<>();
    for (RunSpec run : runs) {
      if (!Networks.canBeStacked(run.variant().network())) {
        all.add(List.of(run));
        continue;
      }
      List<RunSpec> group = byKey.get(Key.of(run));
      if (group == null) {
        group = new ArrayList<>();
        byKey.put(Key.of(run), group);
        all.add(group);
      }
      group.add(run);
    }
    return all;
  }

  /** Whether a run may be trained while another thread of the process trains, too. */
  public static boolean canBeBeside(RunSpec run) {
    return Networks.canBeBeside(run.variant().network());
  }

  /** Cuts a list into parts of nearly one size, none with more than so many. */
  public static List<List<RunSpec>> evenly(List<RunSpec> runs, int most) {
    int parts = (runs.size() + most - 1) / most;
    List<List<RunSpec>> all = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) runs.size() * part / parts);
      int to = (int) ((long) runs.size() * (part + 1) / parts);
      all.add(List.copyOf(runs.subList(from, to)));
    }
    return all;
  }
}
