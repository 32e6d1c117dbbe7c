package io.shrinklab.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.OwnClasses;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.Content;
import io.shrinklab.results.Environment;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.StoredRun;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.CohortListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One message's runs in a worker: trained, each stored as soon as it ended, and answered. */
final class WorkerTask implements CohortListener {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerTask.class);

  private final Place place;
  private final Answers answers;
  private boolean inRound;

  /** The places in the message of runs that have no answer yet. */
  private final Map<RunSpec, Integer> open = new HashMap<>();

  /** When those that train now began. */
  private Instant started = Instant.now();

  /**
   * Where a worker stores.
   *
   * @param results the folder of all sweeps
   * @param environment recorded with each run
   * @param printed what the worker prints from now on
   */
  record Place(Path results, SweepFolder folder, Environment environment, Content printed) {}

  /** Where answers go. */
  interface Answers {
    /** Says it at once. */
    void say(Message.FromWorker answer);

    /** Says it no later than the next answer of another kind. */
    void hold(Message.FromWorker answer);

    /** Says what is held. */
    void release();

    /** Says the one after which the message has all its answers. */
    void end(Message.FromWorker answer);
  }

  /** A run was trained in vain, and so would be the others. */
  private static final class Unstored extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unstored(ResultsException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Takes a task. */
  WorkerTask(Place place, Answers answers) {
    this.place = place;
    this.answers = answers;
  }

  /** Trains the runs; all that have no answer yet when something goes wrong share one. */
  void train(List<JsonNode> specs, OwnClasses classes, Trainer trainer) {
    List<RunSpec> runs = new ArrayList<>();
    List<Message.FromWorker> known = new ArrayList<>();
    for (int run = 0; run < specs.size(); run++) {
      try {
        RunSpec spec = SpecJson.read(specs.get(run), classes);
        if (open.putIfAbsent(spec, run) == null) {
          runs.add(spec);
        } else {
          known.add(new Message.Failed(run, spec.label() + " is in the list twice", false));
        }
      } catch (ExperimentException e) {
        // All problems, on one line.
        String problems = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
        known.add(new Message.Failed(run, problems, false));
      }
    }
    for (Message.FromWorker answer : known) {
      say(answer, runs.isEmpty() && answer == known.get(known.size() - 1));
    }
    if (!runs.isEmpty()) {
      answers.say(new Message.Started());
      trainMissing(runs, trainer);
    }
  }

  private void trainMissing(List<RunSpec> runs, Trainer trainer) {
    try {
      List<RunSpec> missing = new ArrayList<>();
      for (RunSpec run : runs) {
        StoredRun stored = place.folder().read(run);
        if (stored.state() == RunState.UNREADABLE) {
          // It would not be replaced either, so training it is in vain.
          answers.end(new Message.Unwritable(stored.detail()));
          return;
        }
        if (stored.missing()) {
          missing.add(run);
        } else {
          // Asked for twice, as where a caller's own task was tried again.
          RunRecord record = stored.record().orElseThrow();
          finished(run, record.status(), record.reason());
        }
      }
      if (!missing.isEmpty()) {
        trainer.train(missing, this);
      }
    } catch (Unstored e) {
      answers.end(new Message.Unwritable(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answers.end(new Message.Failed(null, "Interrupted", true));
    } catch (Exception | AssertionError | VirtualMachineError | LinkageError e) {
      LOG.error("{} failed", open.keySet().stream().map(RunSpec::label).sorted().toList(), e);
      if (!open.isEmpty()) {
        answers.end(Message.Failed.of(Failure.of(e)));
      }
    }
  }

  @Override
  public void onStart(List<RunSpec> together) {
    started = Instant.now();
  }

  @Override
  public void onEpoch(RunSpec spec, EpochMetrics metrics) {
    Message.Epoch epoch = Message.Epoch.of(Objects.requireNonNull(open.get(spec)), metrics);
    if (inRound) {
      answers.hold(epoch);
    } else {
      answers.say(epoch);
    }
  }

  /** One write for the epochs of all: each wakes the caller, which has its own work to do. */
  @Override
  public void onRound() {
    inRound = true;
  }

  @Override
  public void onRoundEnd() {
    inRound = false;
    answers.release();
  }

  @Override
  public void onOutcome(RunOutcome outcome) {
    System.err.flush();
    try {
      place.folder().write(outcome, place.environment(), started, Instant.now(), place.printed());
    } catch (ResultsException e) {
      throw new Unstored(e);
    }
    finished(outcome.spec(), outcome.status(), outcome.reason());
  }

  @Override
  public void onFailure(RunSpec spec, Exception fault) {
    LOG.error("{} failed", spec.label(), fault);
    int run = Objects.requireNonNull(open.remove(spec));
    say(Message.Failed.of(run, Failure.of(fault)), open.isEmpty());
  }

  private void finished(RunSpec spec, RunStatus status, String reason) {
    Path path = place.results().relativize(place.folder().path(spec));
    String stored = path.toString().replace('\\', '/');
    int run = Objects.requireNonNull(open.remove(spec));
    say(new Message.Finished(run, status, reason, Memory.resident(), stored), open.isEmpty());
  }

  private void say(Message.FromWorker answer, boolean isLast) {
    if (isLast) {
      answers.end(answer);
    } else {
      answers.say(answer);
    }
  }
}
