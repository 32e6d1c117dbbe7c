package io.shrinklab.sweep;

import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is still to be done, and how many threads ask for it. */
final class AssignmentQueue {
  // Guarded by this.
  private final Deque<Assignment> waiting;

  /** Threads that will ask for another assignment. */
  private int asking;

  AssignmentQueue(Deque<Assignment> waiting, int threads) {
    this.waiting = waiting;
    this.asking = threads;
  }

  /** The next one; null when none is left, or the sweep is being stopped, and ends the thread. */
  synchronized @Nullable Assignment next(StopSignal stop) {
    Assignment next = stop.given() ? null : waiting.poll();
    if (next == null) {
      asking--;
    }
    return next;
  }

  /** Takes parts of an assignment back, to be done before all others. */
  synchronized void again(List<Assignment> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      waiting.addFirst(parts.get(i));
    }
  }

  /** Takes an assignment back from a thread that ends; false when no other one could do it. */
  synchronized boolean leaveToOthers(Assignment assignment) {
    if (asking == 1) {
      return false;
    }
    asking--;
    return waiting.add(assignment);
  }
}
