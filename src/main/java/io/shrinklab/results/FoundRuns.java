package io.shrinklab.results;

import io.shrinklab.spec.RunSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Runs in their order, looked at a portion at a time and kept no longer: most of the time goes into
 * checksums, which each core can take of other runs.
 */
final class FoundRuns implements Iterator<FoundRun> {
  private static final int PORTION = 64;

  private final SweepFolder folder;
  private final Iterator<RunSpec> runs;
  private final Deque<FoundRun> found = new ArrayDeque<>();

  FoundRuns(SweepFolder folder, Iterator<RunSpec> runs) {
    this.folder = folder;
    this.runs = runs;
  }

  @Override
  public boolean hasNext() {
    return !found.isEmpty() || runs.hasNext();
  }

  @Override
  public FoundRun next() {
    if (found.isEmpty()) {
      List<RunSpec> portion = new ArrayList<>();
      while (runs.hasNext() && portion.size() < PORTION) {
        portion.add(runs.next());
      }
      found.addAll(
          portion.parallelStream().map(run -> new FoundRun(run, folder.read(run))).toList());
    }
    FoundRun next = found.poll();
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }
}
