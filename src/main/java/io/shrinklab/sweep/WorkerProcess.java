package io.shrinklab.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.results.LogSlice;
import io.shrinklab.results.WorkerLog;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parent's end of one worker process. Used by one thread; only {@link #kill()} by any. */
final class WorkerProcess {
  /** A line that is longer is none of ours; it is cut, so that garbage cannot fill the heap. */
  private static final int LONGEST_LINE = 1 << 16;

  /** Starting a virtual machine takes a second; on a machine that swaps, much longer. */
  private static final double START_MINUTES = 3;

  private final Process process;
  private final InputStream in;
  private final OutputStream out;
  private final WorkerLog log;
  private final ScheduledExecutorService clock;
  private boolean spent;
  private long firstMemory;

  private WorkerProcess(Process process, WorkerLog log, ScheduledExecutorService clock) {
    this.process = process;
    this.in = new BufferedInputStream(process.getInputStream());
    this.out = process.getOutputStream();
    this.log = log;
    this.clock = clock;
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
      throws IOException {
    LogSlice printed = log.fromHere();
    WorkerProcess worker = new WorkerProcess(command.start(log.file()), log, clock);
    born.accept(worker);
    worker.send(setup);
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm = worker.killAfter(START_MINUTES, late);
    Message first = worker.next();
    alarm.cancel(false);
    if (!(first instanceof Message.Ready)) {
      worker.kill();
      throw new IOException(worker.ending(printed));
    }
    return worker;
  }

  /**
   * Has a run trained.
   *
   * @param spec as the experiment room writes it
   * @param minutes after which the worker is killed; 0 for no limit
   * @param onEpoch hears of every epoch
   * @param growth bytes by which the worker may grow over its first run
   */
  Reply train(JsonNode spec, double minutes, Consumer<EpochMetrics> onEpoch, long growth) {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm = minutes > 0 ? killAfter(minutes, late) : null;
    LogSlice printed = log.fromHere();
    try {
      send(new Message.Run(spec));
      for (Message message = next(); message != null; message = next()) {
        if (message instanceof Message.Epoch epoch) {
          onEpoch.accept(epoch.metrics());
        } else if (message instanceof Message.Finished finished) {
          firstMemory = firstMemory == 0 ? finished.memory() : firstMemory;
          spent |= finished.memory() > firstMemory + growth;
          return new Reply.Stored(finished.status(), finished.reason());
        } else if (message instanceof Message.Failed failed) {
          spent |= failed.worn();
          return new Reply.Failed(failed.reason());
        } else if (message instanceof Message.Unwritable unwritable) {
          return new Reply.Unwritable(unwritable.reason());
        }
      }
      if (late.get()) {
        return new Reply.Failed(
            "Took longer than training.timeoutMinutes = " + minutes + " and was stopped");
      }
      return new Reply.Died(ending(printed));
    } catch (IOException e) {
      return late.get()
          ? new Reply.Failed("Took longer than training.timeoutMinutes = " + minutes)
          : new Reply.Died(ending(printed));
    } finally {
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
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
          kill();
        },
        (long) (minutes * 60_000),
        TimeUnit.MILLISECONDS);
  }

  private void send(Message message) throws IOException {
    out.write((message.line() + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** The next message; stray lines go to the log; null when the worker is gone. */
  private @Nullable Message next() throws IOException {
    for (String line = readLine(); line != null; line = readLine()) {
      Message message = Message.parse(line);
      if (message != null) {
        return message;
      }
      if (!line.isBlank()) {
        log.keep(line);
      }
    }
    return null;
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < LONGEST_LINE) {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
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
