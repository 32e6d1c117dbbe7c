package io.shrinklab.experiment;

import io.shrinklab.spec.ShrinklabException;
import java.util.ArrayList;
import java.util.List;

/** An experiment that cannot be run; carries every problem found. */
public final class ExperimentException extends ShrinklabException {
  private static final long serialVersionUID = 1L;

  /** More lines than a person reads at once. */
  private static final int SHOWN = 50;

  /** All problems; the class is an exception only to stop, so it is not meant to be serialized. */
  @SuppressWarnings("serial")
  private final List<Problem> problems;

  private final boolean more;

  /** Makes one from the file's name and its problems. */
  public ExperimentException(String file, List<Problem> problems) {
    this(file, problems, false);
  }

  /**
   * The same where not all were counted.
   *
   * @param more whether there are others than these
   */
  ExperimentException(String file, List<Problem> problems, boolean more) {
    super(lines(file, problems, more));
    this.problems = List.copyOf(problems);
    this.more = more;
  }

  private static List<String> lines(String file, List<Problem> problems, boolean more) {
    List<String> lines = new ArrayList<>();
    lines.add(file + ": " + count(problems.size(), more));
    problems.stream().limit(SHOWN).map(problem -> "  " + problem).forEach(lines::add);
    if (problems.size() > SHOWN) {
      lines.add("  and " + (more ? "more than " : "") + (problems.size() - SHOWN) + " more");
    }
    return lines;
  }

  private static String count(int problems, boolean more) {
    return (more ? "more than " : "") + (problems == 1 ? "1 problem" : problems + " problems");
  }

  /** Makes one from a single sentence that says everything. */
  public ExperimentException(String message) {
    super(message);
    this.problems = List.of();
    this.more = false;
  }

  /** The problems, in the file's order. */
  public List<Problem> problems() {
    return problems;
  }

  /** For people: {@code 3 problems}; one where a sentence says it. */
  public String count() {
    return count(Math.max(1, problems.size()), more);
  }
}
