package io.shrinklab.data;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data sets beside the checkout, where there are any. */
final class SharedData {
  private SharedData() {}

  /** The folder that holds mnist/ and others; the test is skipped where there is none. */
  static Path directory() {
    Path folder = Path.of("../shared/datasets");
    if (!Files.isDirectory(folder)) {
      folder = Path.of("../../shared/datasets");
    }
    assumeThat(folder).as("real data sets in ../shared/datasets").isDirectory();
    return folder;
  }
}
