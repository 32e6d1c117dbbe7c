package io.shrinklab.sweep;

import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentException;
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
import io.shrinklab.results.WorkerLog;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.EngineStart;
import io.shrinklab.training.Training;
import io.shrinklab.training.TrainingListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that trains one run at a time: {@link Message}s in on standard input, out on standard
 * output. It ends when its standard input does, in the middle of a run too, so that it never
 * outlives the process that started it.
 */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** The exit code when the first line is no setup, or the sweep's folder cannot be had. */
  private static final int WRONG = 2;

  private final WorkerOutput out;
  private final SweepFolder folder;
  private final Message.Setup setup;
  private final Environment environment;
  private final Trainer trainer;

  /** The answer to each message; none to the last one. */
  private final KindTable<Message.ToWorker, Optional<Message.FromWorker>> answers =
      KindTable.<Message.ToWorker, Optional<Message.FromWorker>>of(Message.ToWorker.class)
          .on(
              Message.Setup.class,
              again -> Optional.of(Message.Failed.of("The worker is set up already")))
          .on(Message.Run.class, run -> Optional.of(train(run)))
          .on(Message.NotUnderstood.class, line -> Optional.of(Message.Failed.of(line.reason())))
          .on(Message.End.class, end -> Optional.empty())
          .total();

  private Worker(
      WorkerOutput out,
      SweepFolder folder,
      Message.Setup setup,
      Environment environment,
      Trainer trainer) {
    this.out = out;
    this.folder = folder;
    this.setup = setup;
    this.environment = environment;
    this.trainer = trainer;
  }

  /** The child's entry. */
  public static void main(String[] args) throws InterruptedException {
    serve(
        setup -> {
          String directory = setup.dataDirectory();
          // Kept over runs: a data set is read once per worker.
          DataSets dataSets = new DataSets(directory == null ? null : Path.of(directory));
          Training training = new Training(dataSets);
          // Now and not with the first run: where it cannot be had, no run is to blame.
          EngineStart.singleThreaded();
          return training::run;
        },
        WritePoint.PASS);
  }

  /** The line that has a worker train a run. */
  public static String request(RunSpec spec) {
    return new Message.Run(SpecJson.write(spec)).line();
  }

  /** Serves until it is told to end, or standard input ends. */
  static void serve(Function<Message.Setup, Trainer> trainers, WritePoint point)
      throws InterruptedException {
    WorkerOutput out = WorkerOutput.take();
    WorkerInput in = WorkerInput.of(System.in);
    Message.ToWorker first = in.next();
    if (!(first instanceof Message.Setup setup)) {
      String why =
          first instanceof Message.NotUnderstood line
              ? line.reason()
              : "The first line must be a setup message";
      refuse(out, Message.Failed.of(why));
      return;
    }
    SweepFolder folder;
    try {
      folder = folder(setup, point);
    } catch (ResultsException e) {
      refuse(out, new Message.Unwritable(String.valueOf(e.getMessage())));
      return;
    }
    Environment given = setup.environment();
    Environment environment = given == null ? Environment.detect(EngineStart.THREADS) : given;
    Worker worker = new Worker(out, folder, setup, environment, start(trainers, setup));
    in.answered(() -> out.say(new Message.Ready(ProcessHandle.current().pid())));
    for (Optional<Message.FromWorker> answer = worker.answers.get(in.next());
        answer.isPresent();
        answer = worker.answers.get(in.next())) {
      Message said = answer.get();
      in.answered(() -> out.say(said));
    }
    // Not by returning: the engine's threads may live on.
    Runtime.getRuntime().halt(0);
  }

  private static Trainer start(Function<Message.Setup, Trainer> trainers, Message.Setup setup) {
    try {
      return trainers.apply(setup);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      LOG.error("No run can be trained", e);
      // The log's last line is what the parent tells the user.
      System.err.println(Failure.of(e).reason());
      Runtime.getRuntime().halt(1);
      throw e;
    }
  }

  private static SweepFolder folder(Message.Setup setup, WritePoint point) throws ResultsException {
    Path results = Path.of(setup.results());
    return setup.locked()
        ? SweepFolder.open(results, setup.sweep(), point)
        : SweepFolder.share(results, setup.sweep(), point);
  }

  private static void refuse(WorkerOutput out, Message why) {
    // Into the log too: a caller may have waited for nothing but "ready".
    System.err.println(why.line());
    out.say(why);
    Runtime.getRuntime().halt(WRONG);
  }

  private Message.FromWorker train(Message.Run run) {
    try {
      return train(SpecJson.read(run.spec()));
    } catch (ExperimentException e) {
      // All problems, on one line.
      String problems = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
      return Message.Failed.of(problems);
    }
  }

  private Message.FromWorker train(RunSpec spec) {
    out.say(new Message.Started());
    StoredRun stored = folder.read(spec);
    if (!stored.missing()) {
      // Asked for twice, as where a caller's own task was tried again.
      RunRecord record = stored.record().orElseThrow();
      return finished(spec, record.status(), record.reason());
    }
    if (stored.state() == RunState.UNREADABLE) {
      // It would not be replaced either, so training it is in vain.
      return new Message.Unwritable(stored.detail());
    }
    Content printed =
        setup.log() == null ? none -> {} : WorkerLog.of(Path.of(setup.log())).fromHere();
    Instant started = Instant.now();
    try {
      RunOutcome outcome = trainer.train(spec, new Reporter());
      Instant ended = Instant.now();
      System.err.flush();
      folder.write(outcome, environment, started, ended, printed);
      return finished(spec, outcome.status(), outcome.reason());
    } catch (ResultsException e) {
      return new Message.Unwritable(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Message.Failed.worn("Interrupted");
    } catch (Exception | AssertionError | VirtualMachineError | LinkageError e) {
      LOG.error("{} failed", spec.label(), e);
      Failure failure = Failure.of(e);
      return new Message.Failed(failure.reason(), failure.worn());
    }
  }

  private Message.FromWorker finished(RunSpec spec, RunStatus status, String reason) {
    Path place = Path.of(setup.results()).relativize(folder.path(spec));
    return new Message.Finished(
        status, reason, Memory.resident(), place.toString().replace('\\', '/'));
  }

  /** Passes epochs on. */
  private final class Reporter implements TrainingListener {
    @Override
    public void onEpoch(RunSpec spec, EpochMetrics metrics) {
      out.say(Message.Epoch.of(metrics));
    }
  }
}
