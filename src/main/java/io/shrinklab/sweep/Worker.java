package io.shrinklab.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.OwnClasses;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.results.Content;
import io.shrinklab.results.Environment;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.tensor.EngineStart;
import io.shrinklab.training.Training;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that trains runs: {@link Message}s in on standard input, out on standard output. It
 * ends when its standard input does, in the middle of a run too, so that it never outlives the
 * process that started it.
 */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** The exit code when the first line is no setup, or the sweep's folder cannot be had. */
  private static final int WRONG = 2;

  private final WorkerOutput out;
  private final OwnClasses classes;
  private final SweepFolder folder;
  private final Message.Setup setup;
  private final Environment environment;
  private final Function<Message.Setup, Trainer> makers;
  private final Trainer trainer;

  private final Map<Integer, Lane> lanes = new HashMap<>();

  /**
   * A thread beside others, with data sets of its own: what it reads is of its own engine arrays.
   */
  private record Lane(ExecutorService thread, Trainer trainer) {}

  /** What each message has it do; false for the last one. */
  private final KindTable<Message.ToWorker, Predicate<WorkerInput>> acts =
      KindTable.<Message.ToWorker, Predicate<WorkerInput>>of(Message.ToWorker.class)
          .on(Message.Setup.class, again -> in -> refuse(in, "The worker is set up already"))
          .on(Message.Run.class, run -> in -> train(in, List.of(run.spec())))
          .on(Message.Runs.class, runs -> in -> train(in, runs.specs()))
          .on(Message.Beside.class, beside -> in -> trainBeside(in, beside))
          .on(Message.NotUnderstood.class, line -> in -> refuse(in, line.reason()))
          .on(Message.End.class, end -> in -> false)
          .total();

  private Worker(
      WorkerOutput out,
      OwnClasses classes,
      SweepFolder folder,
      Message.Setup setup,
      Environment environment,
      Function<Message.Setup, Trainer> makers) {
    this.out = out;
    this.classes = classes;
    this.folder = folder;
    this.setup = setup;
    this.environment = environment;
    this.makers = makers;
    this.trainer = start(makers, setup);
  }

  /**
   * The child's entry.
   *
   * @param args {@value OwnClasses#OPTION} where runs may name classes, or none
   */
  public static void main(String[] args) throws InterruptedException {
    List<String> given = List.of(args);
    if (!given.isEmpty() && !given.equals(List.of(OwnClasses.OPTION))) {
      String found = String.join(" ", given);
      end(
          WorkerOutput.take(),
          Message.Failed.of("arguments: found " + found + "; needs none, or " + OwnClasses.OPTION));
    }
    serve(
        given.isEmpty() ? OwnClasses.REFUSED : OwnClasses.ALLOWED,
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

  /** The line that has a worker train runs side by side. */
  public static String request(List<RunSpec> runs) {
    return Message.Runs.of(runs).line();
  }

  /** Serves until it is told to end, or standard input ends. */
  static void serve(OwnClasses classes, Function<Message.Setup, Trainer> trainers, WritePoint point)
      throws InterruptedException {
    WorkerOutput out = WorkerOutput.take();
    WorkerInput in = WorkerInput.of(System.in);
    Message.ToWorker first = in.next();
    if (!(first instanceof Message.Setup setup)) {
      String why =
          first instanceof Message.NotUnderstood line
              ? line.reason()
              : "The first line must be a setup message";
      end(out, Message.Failed.of(why));
      return;
    }
    SweepFolder folder;
    try {
      folder = folder(setup, point);
    } catch (ResultsException e) {
      end(out, new Message.Unwritable(String.valueOf(e.getMessage())));
      return;
    }
    Environment given = setup.environment();
    Environment environment = given == null ? Environment.detect(EngineStart.THREADS) : given;
    Worker worker = new Worker(out, classes, folder, setup, environment, trainers);
    in.answered(() -> out.say(new Message.Ready(ProcessHandle.current().pid())));
    while (worker.acts.get(in.next()).test(in)) {
      // Until it is told to end.
    }
    for (Lane lane : worker.lanes.values()) {
      lane.thread().shutdown();
      while (!lane.thread().awaitTermination(1, TimeUnit.DAYS)) {
        // It trains still.
      }
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

  private static void end(WorkerOutput out, Message why) {
    // Into the log too: a caller may have waited for nothing but "ready".
    System.err.println(why.line());
    out.say(why);
    Runtime.getRuntime().halt(WRONG);
  }

  private boolean refuse(WorkerInput in, String why) {
    in.answered(() -> out.say(Message.Failed.of(why)));
    return true;
  }

  private boolean train(WorkerInput in, List<JsonNode> specs) {
    new WorkerTask(place(), answers(in, answer -> answer)).train(specs, classes, trainer);
    return true;
  }

  private boolean trainBeside(WorkerInput in, Message.Beside beside) {
    int number = beside.thread();
    List<JsonNode> specs;
    if (beside.said() instanceof Message.Run run) {
      specs = List.of(run.spec());
    } else if (beside.said() instanceof Message.Runs runs) {
      specs = runs.specs();
    } else {
      return refuse(in, "said: needs run or runs");
    }
    Lane lane = lanes.computeIfAbsent(number, this::lane);
    WorkerTask task =
        new WorkerTask(place(), answers(in, answer -> new Message.Beside(number, answer)));
    lane.thread().execute(() -> task.train(specs, classes, lane.trainer()));
    return true;
  }

  private Lane lane(int number) {
    return new Lane(
        Executors.newSingleThreadExecutor(run -> new Thread(run, "training " + number)),
        start(makers, setup));
  }

  private WorkerTask.Place place() {
    Content printed =
        setup.log() == null ? none -> {} : WorkerLog.of(Path.of(setup.log())).fromHere();
    return new WorkerTask.Place(Path.of(setup.results()), folder, environment, printed);
  }

  /**
   * Answers to one message.
   *
   * @param as how they are said
   */
  private WorkerTask.Answers answers(WorkerInput in, UnaryOperator<Message.FromWorker> as) {
    return new WorkerTask.Answers() {
      @Override
      public void say(Message.FromWorker answer) {
        out.say(as.apply(answer));
      }

      @Override
      public void hold(Message.FromWorker answer) {
        out.hold(as.apply(answer));
      }

      @Override
      public void release() {
        out.release();
      }

      @Override
      public void end(Message.FromWorker answer) {
        in.answered(() -> out.say(as.apply(answer)));
      }
    };
  }
}
