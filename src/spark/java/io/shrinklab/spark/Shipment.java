package io.shrinklab.spark;

import io.shrinklab.spec.IoReason;
import io.shrinklab.sweep.SweepException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A folder with data sets on its way to the executors, each of which unpacks it once.
 *
 * @param folder with all that is in it
 */
record Shipment(Path folder) {
  /** Among an executor's files. */
  private static final String NAME = "shrinklab-data";

  static Shipment of(Path folder) {
    return new Shipment(folder);
  }

  /**
   * Gives it to the application.
   *
   * @return its name among an executor's files
   */
  String into(JavaSparkContext context) throws SweepException {
    try {
      // The driver's own folder of files, which goes with the application.
      Path archive = Path.of(SparkFiles.getRootDirectory(), NAME + ".zip");
      try (OutputStream out = Files.newOutputStream(archive)) {
        write(out);
      }
      context.sc().addArchive(archive.toUri() + "#" + NAME);
      return NAME;
    } catch (IOException e) {
      throw new SweepException("--ship-data: " + folder + ": " + IoReason.of(e), e);
    }
  }

  private void write(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> all = Files.walk(folder)) {
      // Data sets are mostly compressed already.
      zip.setLevel(Deflater.BEST_SPEED);
      List<Path> files = all.filter(Files::isRegularFile).sorted().toList();
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }
}
