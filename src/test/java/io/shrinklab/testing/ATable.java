package io.shrinklab.testing;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of the user's, and what is asked of it: a classification by its column {@code class}. */
public final class ATable {
  private final Path file;
  private String target = "class";
  private DataSpec.Target task = DataSpec.Target.CLASSIFICATION;
  private List<String> columns = List.of();
  private List<String> categorical = List.of();
  private @Nullable Rows train;
  private Rows validation = Rows.of(2);
  private String separator = ",";
  private String decimal = ".";
  private String quote = "\"";
  private DataSpec.Missing missing = DataSpec.Missing.REFUSE;
  private List<String> missingValues = List.of("NA", "NaN", "?");
  private String group = "";

  private ATable(Path file) {
    this.file = file;
  }

  /** In a file that is there by the time of {@link #spec}. */
  public static ATable in(Path file) {
    return new ATable(file);
  }

  public ATable classOf(String column) {
    target = column;
    return this;
  }

  public ATable numberOf(String column) {
    target = column;
    task = DataSpec.Target.REGRESSION;
    return this;
  }

  public ATable columns(String... names) {
    columns = List.of(names);
    return this;
  }

  public ATable categorical(String... names) {
    categorical = List.of(names);
    return this;
  }

  public ATable parts(@Nullable Rows train, Rows validation) {
    this.train = train;
    this.validation = validation;
    return this;
  }

  /** Of one character each. */
  public ATable signs(String separator, String decimal, String quote) {
    this.separator = separator;
    this.decimal = decimal;
    this.quote = quote;
    return this;
  }

  public ATable missing(DataSpec.Missing missing, String... values) {
    this.missing = missing;
    if (values.length > 0) {
      missingValues = List.of(values);
    }
    return this;
  }

  public ATable group(String column) {
    group = column;
    return this;
  }

  /** With the file's checksum of now. */
  public DataSpec.Csv spec() {
    try {
      return new DataSpec.Csv(
          file.toString(),
          "sha256:" + Sha256.of(Files.readAllBytes(file)),
          target,
          task,
          columns,
          categorical,
          train,
          validation,
          DataSpec.Split.PER_SEED,
          0,
          separator,
          decimal,
          quote,
          missing,
          missingValues,
          group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
