package io.shrinklab.command;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.report.StepTables;
import io.shrinklab.spec.RunSpec;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The optimizer steps of a run: rows in temporary files until the run ends, since there may be
 * millions, and their course for the page.
 */
final class StepLog implements AutoCloseable {
  private final Rows steps = new Rows();
  private final Rows layers = new Rows();
  private final StepTables tables;
  private final StepCourse course;

  /** One of the files. */
  private static final class Rows {
    private final Path file;
    private final BufferedWriter writer;

    @SuppressWarnings("MustBeClosedChecker")
    Rows() throws IOException {
      file = Files.createTempFile("shrinklab-steps-", ".csv");
      writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    void copyTo(OutputStream out) throws IOException {
      writer.flush();
      Files.copy(file, out);
    }

    void close() throws IOException {
      writer.close();
      Files.deleteIfExists(file);
    }
  }

  StepLog(RunSpec run) throws IOException {
    tables = new StepTables(steps.writer, layers.writer);
    course = new StepCourse(run);
  }

  void add(StepMetrics step) {
    course.add(step);
    try {
      tables.add(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StepCourse course() {
    return course;
  }

  /** Copies the rows per step that there are so far. */
  void copySteps(OutputStream out) throws IOException {
    steps.copyTo(out);
  }

  /** Copies the rows per step and parameter that there are so far. */
  void copyLayers(OutputStream out) throws IOException {
    layers.copyTo(out);
  }

  @Override
  public void close() throws IOException {
    try {
      steps.close();
    } finally {
      layers.close();
    }
  }
}
