package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.data.DataException;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seed article's setting in small: multi-label images, a residual network, AUROC. */
class MultiLabelRunTest {
  private static final int SIDE = 8;

  @TempDir Path folder;

  /**
   * Label k is whether row k of the image is bright, among noise: a network that learns anything
   * orders nearly all pairs rightly.
   */
  @Test
  void aResidualNetworkLearnsToOrderRowsByTheirLabels() throws Exception {
    try (OutputStream file = Files.newOutputStream(folder.resolve("rows.npz"));
        ZipOutputStream zip = new ZipOutputStream(file)) {
      SplittableRandom random = new SplittableRandom(3);
      write(zip, "train", 200, random);
      write(zip, "val", 60, random);
      write(zip, "test", 40, random);
    }
    String text =
        """
        {"name": "multi", "description": "d",
         "data": {"kind": "npz", "file": "rows.npz", "checksum": "CHECKSUM"},
         "network": {"kind": "resnet", "blocks": 1},
         "optimizer": {"kind": "adam", "learningRate": 0.01,
                       "schedule": {"kind": "constant", "warmupEpochs": 1}},
         "training": {"epochs": 6, "batchSize": 20},
         "seeds": 1, "baseline": "l2",
         "variants": [{"penalty": {"kind": "lp", "p": 2, "lambda": 1e-5}, "name": "l2"}]}
        """;
    Path experimentFile = folder.resolve("multi.json");
    try (DataSets sets = new DataSets(folder)) {
      RunSpec spec = read(experimentFile, text, checksum(sets, experimentFile, text));
      RunOutcome outcome = new Training(sets).run(spec, TrainingListener.SILENT);
      assertThat(outcome.status()).isEqualTo(RunStatus.COMPLETED);
      assertThat(outcome.scoreName()).isEqualTo("macro AUROC");
      EpochMetrics last = outcome.epochs().get(5);
      assertThat(last.get(Metric.TRAIN_SCORE)).isGreaterThan(0.95);
      assertThat(last.validationScore()).isBetween(0.85, 1.0);
      // Accuracy stands beside the score: guessing gives one half.
      assertThat(last.get(Metric.TRAIN_ACCURACY)).isBetween(0.8, 1.0);
      assertThat(last.get(Metric.VALIDATION_ACCURACY)).isBetween(0.65, 1.0);
      // 40 rows of 2 labels.
      assertThat(outcome.best().testAccuracy() * 80)
          .isBetween(30.0, 80.0)
          .isEqualTo(Math.rint(outcome.best().testAccuracy() * 80));
      // Two labels, each in half of the images: guessing costs ln 2.
      assertThat(last.get(Metric.TRAIN_LOSS)).isLessThan(Math.log(2));
      assertThat(outcome.best().testScore()).isBetween(0.85, 1.0);
      assertThat(outcome.sizes().test()).isEqualTo(40);
    }
  }

  private static String checksum(DataSets sets, Path file, String text) throws Exception {
    RunSpec without = read(file, text, "");
    try {
      sets.ensureAvailable(without.variant().data());
    } catch (DataException e) {
      return e.getMessage().replaceFirst("(?s).*(sha256:[0-9a-f]{64}).*", "$1");
    }
    throw new AssertionError("no checksum was asked for");
  }

  private static RunSpec read(Path file, String text, String checksum) throws Exception {
    Files.writeString(file, text.replace("CHECKSUM", checksum));
    Experiment experiment = ExperimentFile.read(file);
    return experiment.runs().findFirst().orElseThrow();
  }

  private static void write(ZipOutputStream zip, String part, int rows, SplittableRandom random)
      throws IOException {
    byte[] images = new byte[rows * SIDE * SIDE];
    byte[] labels = new byte[rows * 2];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        images[row * SIDE * SIDE + i] = (byte) random.nextInt(100);
      }
      for (int label = 0; label < 2; label++) {
        labels[row * 2 + label] = (byte) random.nextInt(2);
        for (int x = 0; x < SIDE && labels[row * 2 + label] == 1; x++) {
          images[row * SIDE * SIDE + label * 4 * SIDE + x] = (byte) 200;
        }
      }
    }
    entry(zip, part + "_images", rows + ", " + SIDE + ", " + SIDE, images);
    entry(zip, part + "_labels", rows + ", 2", labels);
  }

  private static void entry(ZipOutputStream zip, String name, String shape, byte[] values)
      throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    ByteArrayOutputStream npy = new ByteArrayOutputStream();
    npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    npy.write(header.length());
    npy.write(0);
    npy.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    npy.writeBytes(values);
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(npy.toByteArray());
    zip.closeEntry();
  }
}
