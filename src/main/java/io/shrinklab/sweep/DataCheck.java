package io.shrinklab.sweep;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DrawnParts;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.RunSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether the data of runs can be had and hold what is asked of them, each looked at once. */
public final class DataCheck {
  private final DataSets sets;
  private final Set<Draw> checked = new HashSet<>();

  /** With the data sets that are looked at. */
  public DataCheck(DataSets sets) {
    this.sets = sets;
  }

  /** What there is to check of a run: the same for all seeds, where rows are independent. */
  private record Draw(DataSpec data, long seed) {
    static Draw of(RunSpec run) {
      DataSpec data = run.variant().data();
      return new Draw(data, data.group().isEmpty() ? 0 : run.seed());
    }
  }

  /** Whether a run's data were looked at. */
  public boolean knows(RunSpec run) {
    return checked.contains(Draw.of(run));
  }

  /**
   * Looks at a run's data, downloading them where that is allowed.
   *
   * @return the parts that it draws; empty where it takes an engine to tell
   * @throws DataException when they cannot be had; the message says what to do
   */
  public Optional<DrawnParts> check(RunSpec run) throws DataException {
    Draw draw = Draw.of(run);
    Optional<DrawnParts> parts = sets.drawn(draw.data(), draw.seed());
    sets.requireNamed(draw.data());
    checked.add(draw);
    return parts;
  }
}
