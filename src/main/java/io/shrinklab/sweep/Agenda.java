package io.shrinklab.sweep;

import io.shrinklab.experiment.Identity;
import io.shrinklab.results.FoundRun;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.StoredRuns;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.Cohorts;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep has to do.
 *
 * @param plan the counts
 * @param assignments runs to train, each once, as they are given to workers: those together that
 *     can be trained side by side
 * @param twins runs that are the same as a pending one, under another name
 */
record Agenda(SweepPlan plan, Deque<Assignment> assignments, List<Twin> twins) {
  /** How many assignments a worker gets, at least. */
  private static final int ROUNDS = 2;

  /** Looks at every run once; takes over those that are trained elsewhere. */
  static Agenda of(
      SweepFolder folder, SweepOptions options, Iterable<RunSpec> runs, SweepListener listener)
      throws ResultsException {
    Survey survey = new Survey(folder, options, listener);
    for (FoundRun found : folder.read(runs)) {
      survey.look(found.spec(), found.stored());
    }
    return survey.agenda();
  }

  /** Whether one process may train several of its assignments at a time. */
  boolean canBeBeside() {
    return assignments.stream()
        .flatMap(assignment -> assignment.runs().stream())
        .allMatch(Cohorts::canBeBeside);
  }

  /** What was seen so far of the runs. */
  private static final class Survey {
    private final SweepFolder folder;
    private final SweepOptions options;
    private final SweepListener listener;
    private final StoredRuns stored;
    private final List<RunSpec> pending = new ArrayList<>();
    private final List<Twin> twins = new ArrayList<>();
    private final Map<String, RunSpec> byIdentity = new HashMap<>();
    private final Map<String, Integer> copiedFrom = new TreeMap<>();
    private long total;
    private long kept;
    private long retried;
    private long damaged;

    Survey(SweepFolder folder, SweepOptions options, SweepListener listener) {
      this.folder = folder;
      this.options = options;
      this.listener = listener;
      stored = StoredRuns.under(options.results());
    }

    void look(RunSpec run, StoredRun check) throws ResultsException {
      total++;
      if (!check.missing()) {
        kept++;
        check.record().ifPresent(listener::onKept);
        return;
      }
      if (check.state() == RunState.UNREADABLE) {
        // It may well be whole, so it must not be replaced, nor be trained only to find no place.
        throw new ResultsException(
            run.label()
                + " is stored and cannot be read: "
                + check.detail()
                + ". Nothing was trained; make it readable or move it away, and give the same"
                + " command again.");
      }
      if (check.state() == RunState.DAMAGED) {
        listener.onNotice(
            run.label() + " is done again, for its files are damaged: " + check.detail());
      }
      Path source = copy(folder, run, stored.candidates(run));
      if (source != null) {
        copiedFrom.merge(sweepOf(options.results(), source), 1, Integer::sum);
        return;
      }
      RunSpec original = byIdentity.putIfAbsent(Identity.of(run), run);
      if (original != null) {
        twins.add(new Twin(run, original));
        return;
      }
      pending.add(run);
      retried += check.state() == RunState.FAILED ? 1 : 0;
      damaged += check.state() == RunState.DAMAGED ? 1 : 0;
    }

    Agenda agenda() {
      copiedFrom.forEach(
          (sweep, count) ->
              listener.onNotice(
                  "%s %s already trained in %s and copied from there"
                      .formatted(count, count == 1 ? "run was" : "runs were", sweep)));
      if (!twins.isEmpty()) {
        Twin one = twins.get(0);
        listener.onNotice(
            "%s %s another of this sweep and will be copied, for instance %s from %s"
                .formatted(
                    twins.size(),
                    twins.size() == 1 ? "run equals" : "runs equal",
                    one.run().label(),
                    one.original().label()));
      }
      Deque<Assignment> assignments = assignments(pending, options.jobs());
      long copied = copiedFrom.values().stream().mapToInt(Integer::intValue).sum();
      SweepPlan plan =
          new SweepPlan(
              total,
              kept,
              copied + twins.size(),
              pending.size(),
              retried,
              damaged,
              Math.min(options.jobs(), assignments.size()));
      return new Agenda(plan, assignments, twins);
    }
  }

  /** Not so large that workers would wait at the end for one that has a whole one left. */
  private static Deque<Assignment> assignments(List<RunSpec> pending, int jobs) {
    int share = Math.max(1, pending.size() / (ROUNDS * jobs));
    Deque<Assignment> assignments = new ArrayDeque<>();
    for (List<RunSpec> alike : Cohorts.alike(pending)) {
      for (List<RunSpec> together : Cohorts.evenly(alike, Math.min(Cohorts.MOST, share))) {
        assignments.add(Assignment.of(together));
      }
    }
    return assignments;
  }

  private static @Nullable Path copy(SweepFolder folder, RunSpec run, List<Path> candidates)
      throws ResultsException {
    for (Path candidate : candidates) {
      if (!candidate.equals(folder.path(run)) && folder.copy(run, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static String sweepOf(Path results, Path run) {
    return results.relativize(run).getName(0).toString();
  }
}
