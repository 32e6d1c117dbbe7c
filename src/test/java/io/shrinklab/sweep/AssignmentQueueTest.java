package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.results.TestRuns;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssignmentQueueTest {
  private static final Assignment A = Assignment.of(List.of(TestRuns.spec("a", 1, 0)));
  private static final Assignment B = Assignment.of(List.of(TestRuns.spec("b", 2, 0)));
  private static final Assignment C = Assignment.of(List.of(TestRuns.spec("c", 3, 0)));

  private final StopSignal stop = new StopSignal();

  private static AssignmentQueue queue(int threads, Assignment... waiting) {
    return new AssignmentQueue(new ArrayDeque<>(List.of(waiting)), threads);
  }

  @Test
  void whatIsTriedAgainComesBeforeAllOthersInItsOrder() {
    AssignmentQueue queue = queue(1, A);
    queue.again(List.of(B, C));
    assertThat(queue.next(stop)).isEqualTo(B);
    assertThat(queue.next(stop)).isEqualTo(C);
    assertThat(queue.next(stop)).isEqualTo(A);
    assertThat(queue.next(stop)).isNull();
  }

  @Test
  void aThreadThatEndsLeavesItsRunsToAnother() {
    AssignmentQueue queue = queue(2, A, B);
    assertThat(queue.next(stop)).isEqualTo(A);
    assertThat(queue.leaveToOthers(A)).isTrue();
    assertThat(queue.next(stop)).isEqualTo(B);
    assertThat(queue.next(stop)).isEqualTo(A);
    assertThat(queue.leaveToOthers(A)).as("by the last thread").isFalse();
  }

  @Test
  void aThreadThatFoundNothingDoesNotCount() {
    AssignmentQueue queue = queue(2, A);
    assertThat(queue.next(stop)).isEqualTo(A);
    assertThat(queue.next(stop)).isNull();
    assertThat(queue.leaveToOthers(A)).isFalse();
  }

  @Test
  void nothingIsBegunInASweepThatIsBeingStopped() {
    AssignmentQueue queue = queue(2, A);
    stop.give(Ending.INTERRUPTED);
    assertThat(queue.next(stop)).isNull();
  }
}
