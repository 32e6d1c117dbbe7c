package io.shrinklab.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command finds data sets. */
final class DataOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "A folder with data sets already downloaded. Default: download, then cache.")
  private @Nullable Path directory;

  /** The folder; null to download. */
  @Nullable Path directory() {
    return directory;
  }
}
