package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.TestRuns;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.RetryPolicy.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The promise, by hand: a worker that dies costs its run one retry, and another run nothing. */
class RetryPolicyTest {
  private static final RunSpec ONE = TestRuns.spec("one", 1, 0);
  private static final RunSpec TWO = TestRuns.spec("two", 2, 0);
  private static final Assignment FIRST = new Assignment(List.of(ONE), 0, true);
  private static final Assignment SECOND = new Assignment(List.of(ONE), 1, true);
  private static final Assignment BOTH = new Assignment(List.of(ONE, TWO), 0, false);

  static Stream<Arguments> table() {
    Reply stored = new Reply.Stored(RunStatus.COMPLETED, "");
    Reply diverged = new Reply.Stored(RunStatus.DIVERGED, "loss NaN");
    Reply failed = new Reply.Failed("no gradient");
    Reply died = new Reply.Died("signal 9");
    Reply full = new Reply.Unwritable("disk full");
    return Stream.of(
        Arguments.of(FIRST, stored, new Verdict.Done(RunStatus.COMPLETED, "")),
        Arguments.of(SECOND, stored, new Verdict.Done(RunStatus.COMPLETED, "")),
        Arguments.of(FIRST, diverged, new Verdict.Done(RunStatus.DIVERGED, "loss NaN")),
        Arguments.of(FIRST, failed, new Verdict.GiveUp("no gradient")),
        Arguments.of(SECOND, failed, new Verdict.GiveUp("no gradient")),
        Arguments.of(FIRST, died, new Verdict.Again(List.of(SECOND), "signal 9")),
        Arguments.of(SECOND, died, new Verdict.GiveUp("signal 9")),
        // Together there may have been too little memory.
        Arguments.of(
            BOTH,
            failed,
            new Verdict.Again(
                List.of(FIRST, new Assignment(List.of(TWO), 0, true)), "no gradient")),
        Arguments.of(FIRST, full, new Verdict.EndSweep("disk full")),
        Arguments.of(SECOND, full, new Verdict.EndSweep("disk full")),
        // Nobody knows which of them it was: each has its second try alone.
        Arguments.of(
            BOTH,
            died,
            new Verdict.Again(List.of(SECOND, new Assignment(List.of(TWO), 1, true)), "signal 9")));
  }

  @ParameterizedTest
  @MethodSource("table")
  void whatIsDoneFollowsFromHowItEnded(Assignment assignment, Reply reply, Verdict verdict) {
    assertThat(RetryPolicy.verdict(assignment, reply)).isEqualTo(verdict);
  }

  @Test
  void anAssignmentHasRuns() {
    assertThat(Assignment.of(List.of(ONE))).isEqualTo(new Assignment(List.of(ONE), 0, false));
    assertThatThrownBy(() -> new Assignment(List.of(), 0, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("runs: found none, needs at least one");
  }
}
