package io.shrinklab.sweep;

import io.shrinklab.results.LogSlice;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.WorkerLog;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.RunSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parent's end of one worker process. Each of the process' threads is used by one of ours; a
 * reader hears what it says and gives everyone his share.
 */
final class WorkerProcess {
  /** A line that is longer is none of ours; it is cut, so that garbage cannot fill the heap. */
  private static final int LONGEST_LINE = 1 << 16;

  private static final String ANOTHER_IS_LATE =
      "Its worker process was stopped, since another of its runs took longer than its limit";

  /** Starting a virtual machine takes a second; on a machine that swaps, much longer. */
  private static final double START_MINUTES = 3;

  private final Process process;
  private final InputStream in;
  private final OutputStream out;

  /** What was read, of which lines are taken from {@link #at} to {@link #read}. */
  private final byte[] chunk = new byte[1 << 14];

  private int at;
  private int read;
  private final WorkerLog log;
  private final ScheduledExecutorService clock;

  /** Bytes by which it may grow over its first run. */
  private final long growth;

  /** What was said and not yet taken, by the process' thread; empty for the process' end. */
  private final Map<Integer, BlockingQueue<Optional<Message.FromWorker>>> said =
      new ConcurrentHashMap<>();

  private volatile boolean gone;
  private volatile boolean spent;
  private volatile boolean overdue;
  private volatile long firstMemory;

  private WorkerProcess(
      Process process, WorkerLog log, ScheduledExecutorService clock, long growth) {
    this.process = process;
    this.in = process.getInputStream();
    this.out = process.getOutputStream();
    this.log = log;
    this.clock = clock;
    this.growth = growth;
  }

  /**
   * Starts a worker and waits until it is set up.
   *
   * @throws IOException when it cannot be started, or ended before it was ready
   */
  static WorkerProcess start(
      WorkerCommand command,
      Message.Setup setup,
      WorkerLog log,
      ScheduledExecutorService clock,
      Consumer<WorkerProcess> born)
      throws IOException, InterruptedException {
    LogSlice printed = log.fromHere();
    WorkerProcess worker =
        new WorkerProcess(command.start(log.file()), log, clock, command.growth());
    born.accept(worker);
    worker.send(setup);
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm = worker.killAfter(START_MINUTES, late);
    Thread reader = new Thread(worker::read, "output of worker " + worker.process.pid());
    reader.setDaemon(true);
    reader.start();
    Message.FromWorker first = worker.next(0);
    alarm.cancel(false);
    if (!(first instanceof Message.Ready)) {
      worker.kill();
      throw new IOException(worker.ending(printed));
    }
    return worker;
  }

  /**
   * Has runs trained; kills the worker where they take longer than all of them may.
   *
   * @param thread of the worker's that trains them, beside those of others; 0 where it trains
   *     nothing else
   * @return the end that runs share which have none of their own; empty where each has one
   */
  Optional<Reply> train(int thread, List<RunSpec> runs, Workplace.Heard heard)
      throws ResultsException, InterruptedException {
    KindTable<Message.FromWorker, Optional<Answer>> answers = answers(heard);
    // Runs that are trained side by side have one limit.
    double minutes = runs.get(0).variant().training().timeoutMinutes();
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm = minutes > 0 ? killAfter(minutes * runs.size(), late) : null;
    LogSlice printed = log.fromHere();
    int open = runs.size();
    try {
      Message.Runs list = Message.Runs.of(runs);
      send(thread == 0 ? list : new Message.Beside(thread, list));
      for (Message.FromWorker heardOf = next(thread); heardOf != null; heardOf = next(thread)) {
        Answer answer = answers.get(heardOf).orElse(null);
        if (answer == null) {
          continue;
        }
        if (answer.run() == null) {
          return Optional.of(answer.reply());
        }
        heard.ended(answer.run(), answer.reply());
        open--;
        if (open == 0) {
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      // Its pipes are closed: it is gone, too.
    } finally {
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
    // Killed or gone: it may take the system a moment to say so.
    spent = true;
    if (!late.get()) {
      return Optional.of(new Reply.Died(overdue ? ANOTHER_IS_LATE : ending(printed)));
    }
    String limit = runs.size() == 1 ? "" : " for each of " + runs.size() + " runs";
    return Optional.of(
        new Reply.Failed(
            "Took longer than training.timeoutMinutes = " + minutes + limit + " and was stopped"));
  }

  /**
   * What a message tells of an end.
   *
   * @param run whose; null for all that have none yet
   */
  private record Answer(@Nullable Integer run, Reply reply) {}

  private KindTable<Message.FromWorker, Optional<Answer>> answers(Workplace.Heard heard) {
    return KindTable.<Message.FromWorker, Optional<Answer>>of(Message.FromWorker.class)
        .on(Message.Ready.class, ready -> Optional.empty())
        .on(Message.Started.class, started -> Optional.empty())
        .on(Message.Beside.class, beside -> Optional.empty())
        .on(
            Message.Epoch.class,
            epoch -> {
              heard.epoch(epoch.run(), epoch.row());
              return Optional.empty();
            })
        .on(
            Message.Finished.class,
            finished -> {
              firstMemory = firstMemory == 0 ? finished.memory() : firstMemory;
              spent |= finished.memory() > firstMemory + growth;
              return Optional.of(
                  new Answer(
                      finished.run(), new Reply.Stored(finished.status(), finished.reason())));
            })
        .on(
            Message.Failed.class,
            failed -> {
              spent |= failed.worn();
              return Optional.of(new Answer(failed.run(), new Reply.Failed(failed.reason())));
            })
        .on(
            Message.Unwritable.class,
            full -> Optional.of(new Answer(null, new Reply.Unwritable(full.reason()))))
        .total();
  }

  /** Whether it must not be given another run. */
  boolean spent() {
    return spent || !process.isAlive();
  }

  /** Ends it now; a run that it is at leaves nothing behind but an incomplete folder. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits until it is gone. */
  boolean gone(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  private ScheduledFuture<?> killAfter(double minutes, AtomicBoolean late) {
    return clock.schedule(
        () -> {
          late.set(true);
          overdue = true;
          kill();
        },
        (long) (minutes * 60_000),
        TimeUnit.MILLISECONDS);
  }

  private synchronized void send(Message message) throws IOException {
    out.write((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The next message of a thread; null when the worker is gone. */
  private Message.@Nullable FromWorker next(int thread) throws InterruptedException {
    BlockingQueue<Optional<Message.FromWorker>> own = of(thread);
    if (gone) {
      own.add(Optional.empty());
    }
    return own.take().orElse(null);
  }

  private BlockingQueue<Optional<Message.FromWorker>> of(int thread) {
    return said.computeIfAbsent(thread, any -> new LinkedBlockingQueue<>());
  }

  /** Hears messages until the worker is gone; stray lines go to the log. */
  private void read() {
    try {
      for (String line = readLine(); line != null; line = readLine()) {
        Message.FromWorker message = Message.parse(line);
        if (message instanceof Message.Beside beside) {
          if (beside.said() instanceof Message.FromWorker own) {
            of(beside.thread()).add(Optional.of(own));
          }
        } else if (message != null) {
          of(0).add(Optional.of(message));
        } else if (!line.isBlank()) {
          log.keep(line);
        }
      }
    } catch (IOException e) {
      // Its pipes are closed: it is gone, too.
    } finally {
      gone = true;
      said.values().forEach(queue -> queue.add(Optional.empty()));
    }
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean some = false;
    while (at < read || fill()) {
      some = true;
      int from = at;
      while (at < read && chunk[at] != '\n') {
        at++;
      }
      line.write(chunk, from, Math.min(at - from, LONGEST_LINE - line.size()));
      if (at < read) {
        at++;
        break;
      }
    }
    return some ? line.toString(StandardCharsets.UTF_8) : null;
  }

  /** Reads what is there, at least a byte; false at the end. */
  private boolean fill() throws IOException {
    at = 0;
    read = Math.max(0, in.read(chunk));
    return read > 0;
  }

  /**
   * How the process ended, for people.
   *
   * @param printed what it has said since it was given its last task
   */
  private String ending(LogSlice printed) {
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "The worker process closed its output and did not end";
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The worker process ended";
    }
    List<String> report = CrashReport.top(log.file(), process.pid());
    // Where there is no memory for a report either, the same words are in the log.
    return NativeMemory.shortage(report)
        .or(() -> NativeMemory.shortage(printed.lines()))
        .orElseGet(() -> exit(report) + lastWords(printed));
  }

  private String exit(List<String> report) {
    if (!report.isEmpty()) {
      return "The worker process crashed in native code, in " + CrashReport.frame(report);
    }
    int code = process.exitValue();
    // Java reports an end by signal n as 128 + n, as shells do.
    return switch (code - 128) {
      case 6, 11, 4, 7, 8 ->
          "The worker process crashed in native code (signal " + (code - 128) + ")";
      case 9 -> "The worker process was killed (signal 9), as systems do when memory runs out";
      case 2, 15 -> "The worker process was ended from outside (signal " + (code - 128) + ")";
      default -> "The worker process ended by itself with exit code " + code;
    };
  }

  private static String lastWords(LogSlice printed) {
    String last = printed.lastLine();
    return last.isEmpty() ? "" : "; its log ends: " + last;
  }
}
