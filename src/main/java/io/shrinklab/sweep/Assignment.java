package io.shrinklab.sweep;

import io.shrinklab.spec.RunSpec;
import java.util.List;

/**
 * What a worker is given at once; should it die, what it has not stored of it is lost.
 *
 * @param runs at least one
 * @param deaths workers that died of it, or of what it is a part of
 * @param apart whether nothing else is to be trained in its process: what is tried again has all
 *     its room, and dies alone
 */
record Assignment(List<RunSpec> runs, int deaths, boolean apart) {
  Assignment {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs: found none, needs at least one");
    }
  }

  /** Runs that no worker was given yet. */
  static Assignment of(List<RunSpec> runs) {
    return new Assignment(runs, 0, false);
  }

  /** Each run alone, so that a bad one costs only itself. */
  List<Assignment> alone(int deathsOfIt) {
    return runs.stream().map(run -> new Assignment(List.of(run), deathsOfIt, true)).toList();
  }
}
