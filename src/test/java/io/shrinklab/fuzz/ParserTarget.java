package io.shrinklab.fuzz;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.testing.ATable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The parsers, for a fuzzer that is guided by coverage: {@code mvn -Pjazzer test-compile
 * exec:exec}. The first byte chooses the parser, so that files as they are can be what it begins
 * with; whatever a parser throws but its own refusal is a finding.
 */
public final class ParserTarget {
  private static final Path FOLDER = folder();

  private ParserTarget() {}

  private static Path folder() {
    try {
      return Files.createTempDirectory("parsers");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    try {
      switch (input.length == 0 ? 0 : input[0]) {
        case '{' -> ExperimentFile.parse(new String(input, StandardCharsets.UTF_8), "x.json");
        case 'P' -> {
          Path file = Files.write(FOLDER.resolve("t.npz"), input);
          read(new DataSpec.Npz(file.toString(), "", null, Rows.of(0), DataSpec.Split.FIXED, 0));
        }
        default -> read(ATable.in(Files.write(FOLDER.resolve("t.csv"), input)).spec());
      }
    } catch (ExperimentException | DataException e) {
      // Refused, as it should be.
    }
  }

  private static void read(DataSpec spec) throws DataException {
    try (DataSets sets = new DataSets(null)) {
      sets.ensureAvailable(sets.named(spec).orElseThrow());
    }
  }
}
