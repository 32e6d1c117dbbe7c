package io.shrinklab.experiment;

import io.shrinklab.spec.ShrinklabException;
import java.util.List;
import java.util.stream.Collectors;

/** An experiment that cannot be run; carries every problem found. */
public final class ExperimentException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** More lines than a person reads at once. */
  private static final int SHOWN = 50;

  /** All problems; the class is an exception only to stop, so it is not meant to be serialized. */
  @SuppressWarnings("serial")
  private final List<Problem> problems;

  /** Makes one from the file's name and its problems. */
  public ExperimentException(String file, List<Problem> problems) {
    super(
        file
            + ": "
            + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
            + problems.stream()
                .limit(SHOWN)
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining())
            + (problems.size() > SHOWN ? "\n  and " + (problems.size() - SHOWN) + " more" : ""));
    this.problems = List.copyOf(problems);
  }

  /** Makes one from a single sentence that says everything. */
  public ExperimentException(String message) {
    super(message);
    this.problems = List.of();
  }

  /** The problems, in the file's order. */
  public List<Problem> problems() {
    return problems;
  }
}
