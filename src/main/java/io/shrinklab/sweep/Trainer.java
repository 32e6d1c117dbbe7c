package io.shrinklab.sweep;

import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.CohortListener;
import java.util.List;

/** What a worker does with runs: trains them, in production, or fails in chosen ways, in tests. */
@FunctionalInterface
interface Trainer {
  /** Trains runs; whatever it throws makes failures of those that it told no end of. */
  void train(List<RunSpec> specs, CohortListener listener) throws Exception;
}
