package io.shrinklab.sweep;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.KindTable;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What is to be done about an assignment, by how it ended. A worker that dies costs its runs one
 * retry; what a worker says itself would be said again.
 */
final class RetryPolicy {
  /** Workers that may die of a run, or in a row before they are ready. */
  static final int TRIES = 2;

  /**
   * A worker ended by a signal may be the first to hear of an end that comes to us too; so long we
   * wait for it before we believe that only the worker died.
   */
  static final Duration PATIENCE = Duration.ofMillis(300);

  private static final KindTable<Reply, Function<Assignment, Verdict>> VERDICTS =
      KindTable.<Reply, Function<Assignment, Verdict>>of(Reply.class)
          .on(
              Reply.Stored.class,
              stored -> any -> new Verdict.Done(stored.status(), stored.reason()))
          .on(Reply.Failed.class, failed -> assignment -> afterFailure(assignment, failed.reason()))
          .on(Reply.Died.class, died -> assignment -> afterDeath(assignment, died.reason()))
          .on(Reply.Unwritable.class, full -> any -> new Verdict.EndSweep(full.reason()))
          .total();

  private RetryPolicy() {}

  /** What is to be done; changes and waits for nothing. */
  static Verdict verdict(Assignment assignment, Reply reply) {
    return VERDICTS.get(reply).apply(assignment);
  }

  private static Verdict afterDeath(Assignment assignment, String reason) {
    int deaths = assignment.deaths() + 1;
    return deaths < TRIES
        ? new Verdict.Again(assignment.alone(deaths), reason)
        : new Verdict.GiveUp(reason);
  }

  /** Of several nobody knows which it was, and alone there is more room for each. */
  private static Verdict afterFailure(Assignment assignment, String reason) {
    return assignment.runs().size() > 1
        ? new Verdict.Again(assignment.alone(assignment.deaths()), reason)
        : new Verdict.GiveUp(reason);
  }

  /** What is to be done about an assignment. */
  sealed interface Verdict {
    /** Nothing: it is stored. */
    record Done(RunStatus status, String reason) implements Verdict {}

    /** It is to be tried once more, in these parts. */
    record Again(List<Assignment> parts, String reason) implements Verdict {}

    /** It is a failed row. */
    record GiveUp(String reason) implements Verdict {}

    /** No run can be stored. */
    record EndSweep(String reason) implements Verdict {}
  }
}
