package io.shrinklab.analysis;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** All 70,000 MNIST images, averaged to 7 x 7; a population to draw pools from. */
final class StudyDigits {
  /** Values of a row: 49 pixels from 0 to 1, then a 1 for the biases. */
  static final int WIDTH = 50;

  static final int CLASSES = 10;
  private static final int ROWS = 70_000;
  private static final int SIDE = 28;
  private static final int BLOCK = 4;

  private final float[][] features = new float[ROWS][WIDTH];
  private final int[] labels = new int[ROWS];

  private StudyDigits() {}

  /**
   * Reads them.
   *
   * @param folder holds the four files as they are published, gzipped
   */
  static StudyDigits read(Path folder) throws IOException {
    StudyDigits digits = new StudyDigits();
    int row = 0;
    for (String part : new String[] {"train", "t10k"}) {
      try (DataInputStream images = open(folder.resolve(part + "-images-idx3-ubyte.gz"));
          DataInputStream labels = open(folder.resolve(part + "-labels-idx1-ubyte.gz"))) {
        // The idx headers: magic number, rows, height, width; magic number, rows.
        images.readInt();
        int rows = images.readInt();
        images.skipNBytes(2 * Integer.BYTES);
        labels.skipNBytes(2 * Integer.BYTES);
        byte[] image = new byte[SIDE * SIDE];
        for (int end = row + rows; row < end; row++) {
          images.readFully(image);
          for (int i = 0; i < image.length; i++) {
            int pixel = i / SIDE / BLOCK * (SIDE / BLOCK) + i % SIDE / BLOCK;
            digits.features[row][pixel] += (image[i] & 0xff) / (255f * BLOCK * BLOCK);
          }
          digits.features[row][WIDTH - 1] = 1;
          digits.labels[row] = labels.readUnsignedByte();
        }
      }
    }
    return digits;
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))));
  }

  /** The values of a row. */
  float[] features(int row) {
    return features[row];
  }

  /** The class of a row. */
  int label(int row) {
    return labels[row];
  }

  /** The numbers of all rows. */
  static int[] all() {
    return IntStream.range(0, ROWS).toArray();
  }

  /**
   * Draws rows at random, each class in the share that it has.
   *
   * @return the rows drawn, and those left
   */
  int[][] draw(int[] from, int size, SplittableRandom random) {
    int[] order = byClass(from, random);
    int[][] parts = {new int[size], new int[from.length - size]};
    // Rows at equal distances, the classes one after the other.
    double start = random.nextDouble();
    int drawn = 0;
    for (int i = 0; i < order.length; i++) {
      if (drawn < size && (int) ((drawn + start) * order.length / size) == i) {
        parts[0][drawn++] = order[i];
      } else {
        parts[1][i - drawn] = order[i];
      }
    }
    return parts;
  }

  private int[] byClass(int[] rows, SplittableRandom random) {
    int[] shuffled = rows.clone();
    shuffle(shuffled, random);
    int[] ends = new int[CLASSES];
    for (int row : rows) {
      ends[labels[row]]++;
    }
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] order = new int[rows.length];
    for (int row : shuffled) {
      order[--ends[labels[row]]] = row;
    }
    return order;
  }

  /** Puts numbers into another order. */
  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
  }

  /** The share of rows whose class has the largest output. */
  double accuracy(int[] rows, Function<float[], float[]> outputs) {
    int right = 0;
    for (int row : rows) {
      float[] output = outputs.apply(features[row]);
      int largest = 0;
      for (int c = 1; c < CLASSES; c++) {
        largest = output[c] > output[largest] ? c : largest;
      }
      right += largest == labels[row] ? 1 : 0;
    }
    return (double) right / rows.length;
  }
}
