package io.shrinklab.sweep;

import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.RunSpec;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.results.LogSlice;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.results.WritePoint;
import io.shrinklab.training.Training;
import io.shrinklab.training.TrainingListener;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

  private final PrintStream out;
  private final SweepFolder folder;
  private final Message.Setup setup;
  private final Trainer trainer;

  private Worker(PrintStream out, SweepFolder folder, Message.Setup setup, Trainer trainer) {
    this.out = out;
    this.folder = folder;
    this.setup = setup;
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
          return (spec, listener) -> training.run(List.of(spec), listener).get(0);
        },
        WritePoint.PASS);
  }

  /** Serves until standard input ends. */
  static void serve(Function<Message.Setup, Trainer> trainers, WritePoint point)
      throws InterruptedException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    // From here on a print of a library goes to the log and not between two messages.
    System.setOut(System.err);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(lines), "standard input");
    reader.setDaemon(true);
    reader.start();
    if (!(Message.parse(lines.take()) instanceof Message.Setup setup)) {
      throw new IllegalStateException("The first line must be a setup message");
    }
    SweepFolder folder = SweepFolder.open(Path.of(setup.results()), setup.sweep(), point);
    Worker worker = new Worker(out, folder, setup, trainers.apply(setup));
    worker.say(new Message.Ready(ProcessHandle.current().pid()));
    while (true) {
      worker.answer(lines.take());
    }
  }

  private static void read(BlockingQueue<String> lines) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      System.err.println("Standard input broke: " + e.getMessage());
    }
    // The parent is done or dead. Nothing is lost: complete runs are on the disk.
    Runtime.getRuntime().halt(0);
  }

  private void say(Message message) {
    // The line break before it ends what a native library may have printed without one.
    out.print("\n" + message.line() + "\n");
    out.flush();
  }

  private void answer(String line) {
    if (!(Message.parse(line) instanceof Message.Run run)) {
      say(new Message.Failed("The worker did not understand: " + line, true));
      return;
    }
    Message answer;
    try {
      answer = train(SpecJson.read(run.spec()));
    } catch (ExperimentException e) {
      answer = new Message.Failed(describe(e), false);
    }
    say(answer);
  }

  private Message train(RunSpec spec) {
    say(new Message.Started());
    LogSlice printed = WorkerLog.of(Path.of(setup.log())).fromHere();
    Instant started = Instant.now();
    RunOutcome outcome;
    try {
      outcome = trainer.train(spec, new Reporter());
    } catch (OutOfMemoryError e) {
      LOG.error("{} failed", spec.label(), e);
      return new Message.Failed("Out of memory: " + e.getMessage(), true);
    } catch (VirtualMachineError | LinkageError e) {
      LOG.error("{} failed", spec.label(), e);
      return new Message.Failed(describe(e), true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Message.Failed("Interrupted", true);
    } catch (Exception | AssertionError e) {
      LOG.error("{} failed", spec.label(), e);
      return new Message.Failed(describe(e), false);
    }
    Instant ended = Instant.now();
    System.err.flush();
    try {
      folder.write(outcome, setup.environment(), started, ended, printed);
    } catch (ResultsException e) {
      return new Message.Unwritable(String.valueOf(e.getMessage()));
    }
    return new Message.Finished(outcome.status(), outcome.reason(), Memory.resident());
  }

  private static String describe(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  /** Passes epochs on. */
  private final class Reporter implements TrainingListener {
    @Override
    public void onEpoch(RunSpec spec, EpochMetrics metrics) {
      say(new Message.Epoch(metrics));
    }
  }
}
