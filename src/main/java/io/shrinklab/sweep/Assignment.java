package io.shrinklab.sweep;

import io.shrinklab.spec.RunSpec;
import java.util.List;

/**
 * What a worker is given at once; should it die, all of it is lost. A sweep makes assignments of
 * one run.
 *
 * @param runs at least one
 * @param deaths workers that died of it, or of what it is a part of
 */
record Assignment(List<RunSpec> runs, int deaths) {
  Assignment {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("runs: found none, needs at least one");
    }
  }

  /** A run that no worker was given yet. */
  static Assignment of(RunSpec run) {
    return new Assignment(List.of(run), 0);
  }

  /** The run of an assignment of one. */
  RunSpec run() {
    if (runs.size() != 1) {
      throw new IllegalStateException("One run at a time can be trained, not " + runs.size());
    }
    return runs.get(0);
  }

  /**
   * What is left to do when its worker died: each run alone, so that a bad one costs only itself.
   */
  List<Assignment> afterDeath() {
    return runs.stream().map(run -> new Assignment(List.of(run), deaths + 1)).toList();
  }
}
