package io.shrinklab.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one worker process prints, while a sweep runs; each run keeps its own part of it. */
public final class WorkerLog {
  /** Where the logs of a sweep are while it runs. */
  static final String FOLDER = "worker-logs";

  private final Path file;
  private final Disk disk;

  WorkerLog(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /** The log as the worker itself sees it, whose standard error the system appends to it. */
  public static WorkerLog of(Path file) {
    return new WorkerLog(file, new Disk(WritePoint.PASS));
  }

  /** The file, which may not be there yet. */
  public Path file() {
    return file;
  }

  /** What will be printed from now on. */
  public LogSlice fromHere() {
    try {
      return new LogSlice(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      return new LogSlice(file, 0);
    }
  }

  /** Adds a line; one that cannot be written is lost. */
  public void keep(String line) {
    try {
      disk.append(file, line + "\n");
    } catch (IOException e) {
      // A full disk shows where it matters, when a run is stored.
      return;
    }
  }
}
