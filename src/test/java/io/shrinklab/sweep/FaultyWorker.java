package io.shrinklab.sweep;

import io.shrinklab.experiment.OwnClasses;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.training.TrainingListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real worker with a trainer that computes nothing and fails as the variant's name says. What
 * it must do only once (die, and then be fine) it remembers in the folder {@code test.memory}, and
 * in the file {@code trained} there a line for each training: the sweep's folder and the run.
 */
public final class FaultyWorker {
  private static final List<byte[]> HOARD = new ArrayList<>();

  /**
   * A variant {@code dies-7-2}: its worker is gone at the 7th change that the run makes to the
   * results folder in its first try, and at the 2nd in the next; 0 for no death.
   */
  private static final Pattern DIES = Pattern.compile("dies-(\\d+)-(\\d+)");

  private static final Deaths deaths = new Deaths();

  private FaultyWorker() {}

  public static void main(String[] args) throws Exception {
    WritePoint point =
        (change, path) -> {
          deaths.add(change);
          if (Boolean.getBoolean("test.diskFull") && change == WritePoint.Change.WRITE) {
            throw new IOException("No space left on device");
          }
        };
    if (Boolean.getBoolean("test.deadOnArrival")) {
      System.err.println("libtorch is missing");
      System.exit(7);
    }
    if (Boolean.getBoolean("test.onlyOne") && !once("the only one")) {
      System.err.println("Could not reserve enough space for object heap");
      System.exit(1);
    }
    remember("workers", Long.toString(ProcessHandle.current().pid()));
    Worker.serve(
        args.length == 0 ? OwnClasses.REFUSED : OwnClasses.ALLOWED,
        setup -> {
          Path sweep = Path.of(setup.results(), setup.sweep());
          return (specs, listener) -> {
            for (RunSpec spec : specs) {
              remember("trained", sweep + " " + spec.label());
              RunOutcome outcome;
              try {
                outcome = train(spec, listener);
              } catch (RuntimeException e) {
                listener.onFailure(spec, e);
                continue;
              }
              listener.onOutcome(outcome);
            }
          };
        },
        point);
  }

  private static void remember(String file, String line) throws IOException {
    Files.writeString(
        Path.of(System.getProperty("test.memory"), file),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Counts a run's changes to the results folder. */
  private static final class Deaths {
    private String name = "";
    private int deadly;
    private int changes;

    void begin(String variant) throws IOException {
      name = variant;
      changes = 0;
      deadly = 0;
      Matcher matcher = DIES.matcher(name);
      if (matcher.matches()) {
        long died;
        try (Stream<Path> memories = Files.list(Path.of(System.getProperty("test.memory")))) {
          died =
              memories.filter(file -> file.getFileName().toString().startsWith(name + "-")).count();
        }
        deadly = died < 2 ? Integer.parseInt(matcher.group((int) died + 1)) : 0;
      }
    }

    void add(WritePoint.Change change) {
      if (++changes == deadly && once(name + "-" + change + "-" + ProcessHandle.current().pid())) {
        Runtime.getRuntime().halt(137);
      }
    }
  }

  private static RunOutcome train(RunSpec spec, TrainingListener listener) throws Exception {
    deaths.begin(Boolean.getBoolean("test.immortal") ? "" : spec.variant().name());
    if (Boolean.getBoolean("test.allThrow")) {
      throw new IllegalStateException("no luck today");
    }
    System.out.println("a stray print while training " + spec.label());
    long nanos = Duration.ofMillis(Long.getLong("test.epochMillis", 0)).toNanos();
    long pid = ProcessHandle.current().pid();
    for (int epoch = 1; epoch <= spec.variant().training().epochs(); epoch++) {
      LockSupport.parkNanos(nanos);
      listener.onEpoch(spec, TestRuns.epoch(epoch, spec.seed(), nanos / 1e9));
      if (epoch == 2) {
        fail(spec.variant().name(), pid, () -> listener.onEpoch(spec, TestRuns.epoch(99, 0, 0)));
      }
    }
    return TestRuns.outcome(spec, System.nanoTime() / 1e9);
  }

  private static void fail(String name, long pid, Runnable listenerSays) throws Exception {
    switch (name) {
      case "throws" -> throw new IllegalStateException("the loss has no gradient\nsecond line");
      case "asserts" -> throw new AssertionError("impossible");
      case "links" -> throw new UnsatisfiedLinkError("no djl_torch in java.library.path");
      case "exits" -> System.exit(5);
      case "killed" -> signal("KILL", pid);
      case "killed-once" -> {
        if (once("killed-once")) {
          signal("KILL", pid);
        }
      }
      case "segfaults" -> {
        System.err.println("about to touch address 0");
        signal("SEGV", pid);
      }
      case "hangs" -> new CountDownLatch(1).await();
      case "eats-heap" -> {
        while (true) {
          HOARD.add(new byte[1 << 20]);
        }
      }
      case "eats-buffers" -> NativeMemoryEater.buffers();
      case "eats-threads" -> NativeMemoryEater.thread();
      case "eats-malloc" -> NativeMemoryEater.everything();
      case "small-files" -> ProcessLimit.FILE_SIZE.set(100);
      case "prints-garbage" -> {
        // Not closed: that would close standard output itself.
        FileOutputStream raw = new FileOutputStream(FileDescriptor.out);
        raw.write("printf without an end".getBytes(StandardCharsets.UTF_8));
        raw.flush();
        listenerSays.run();
        raw.write(new byte[] {'\n', 0, -1, '{', '"', 'm', 'e', 's', 's', '\n', '{', '}'});
        raw.write("\n{\"message\":\"finished\"".getBytes(StandardCharsets.UTF_8));
        raw.flush();
      }
      default -> {}
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start().waitFor();
    new CountDownLatch(1).await();
  }

  private static boolean once(String what) {
    try {
      Files.createFile(Path.of(System.getProperty("test.memory"), what));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
