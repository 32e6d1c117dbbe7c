package io.shrinklab.command;

import io.shrinklab.outcome.StepMetrics;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows per optimizer step, kept in a temporary file until the run ends: there may be millions. */
final class StepLog implements AutoCloseable {
  /** The columns; lp_norm and lp_power_sum are the article's reg_loss and reg_psum_loss. */
  static final String HEADER =
      "step,epoch,rows,data_loss,penalty,lp_norm,lp_power_sum,total_loss,"
          + "data_gradient_norm,penalty_gradient_norm,learning_rate";

  private final Path file;
  private final BufferedWriter writer;
  private long rows;

  @SuppressWarnings("MustBeClosedChecker")
  StepLog() throws IOException {
    file = Files.createTempFile("shrinklab-steps-", ".csv");
    writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    writer.write(HEADER + "\n");
  }

  /** Adds a row. Decimals are Java's shortest that read back the same, whatever the locale. */
  void add(StepMetrics step) {
    StringBuilder row = new StringBuilder();
    row.append(step.step()).append(',').append(step.epoch()).append(',').append(step.rows());
    double[] numbers = {
      step.dataLoss(),
      step.penalty(),
      step.lpNorm(),
      step.lpPowerSum(),
      step.totalLoss(),
      step.dataGradientNorm(),
      step.penaltyGradientNorm(),
      step.learningRate()
    };
    for (double number : numbers) {
      row.append(',').append(number);
    }
    try {
      writer.write(row.append('\n').toString());
      rows++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many rows there are. */
  long rows() {
    return rows;
  }

  /** Copies what there is so far. */
  void copyTo(OutputStream out) throws IOException {
    ((Writer) writer).flush();
    Files.copy(file, out);
  }

  @Override
  public void close() throws IOException {
    writer.close();
    Files.deleteIfExists(file);
  }
}
