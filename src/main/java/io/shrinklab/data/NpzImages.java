package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.spec.IoReason;
import io.shrinklab.spec.Visible;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Images and labels in an NPZ file laid out as MedMNIST's (Yang et al. 2023): uint8 images [n, h,
 * w] or [n, h, w, channels], labels [n] or [n, 1] for one class per row, [n, k] of 0 and 1 for
 * many.
 *
 * @param file where it is
 */
record NpzImages(UserFile file) {
  private static final float WHITE = 255;
  private static final int SHOWN = 20;
  private static final int MAX_CLASSES = 10_000;
  private static final int MAX_LABELS = 200_000_000;

  /** Deflate's shortest word, 2 bits, stands for 258 bytes (RFC 1951, 3.2.5). */
  private static final int MOST_PACKED = 1032;

  /** A part's arrays. */
  private record Labelled(String name, NpyArray images, NpyArray labels) {
    int rows() {
      return images.shape().get(0);
    }
  }

  /** Reads the file. */
  Source read() throws DataException {
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      List<Labelled> parts = new ArrayList<>();
      long left = UserFile.MAX_BYTES;
      for (String name : List.of("train", "val", "test")) {
        Labelled part = part(zip, name, left);
        if (part != null) {
          parts.add(part);
          left -= part.images().bytes().length;
        }
      }
      return source(parts);
    } catch (ZipException e) {
      throw new DataException(
          "data.file: "
              + file.path()
              + " is not a whole NPZ archive ("
              + e.getMessage()
              + "); get it again from its source",
          e);
    } catch (IOException e) {
      throw new DataException(
          "data.file: " + file.path() + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  private @Nullable Labelled part(ZipFile zip, String name, long left)
      throws IOException, DataException {
    NpyArray images = array(zip, name + "_images", left);
    NpyArray labels = array(zip, name + "_labels", left);
    if (images == null && labels == null && name.equals("test")) {
      return null;
    }
    if (images == null || labels == null) {
      throw new DataException(
          "data.file: "
              + file.path()
              + " holds "
              + names(zip)
              + "; train_images, train_labels, val_images, val_labels are needed, test_images and"
              + " test_labels allowed");
    }
    Labelled part = new Labelled(name, images, labels);
    int dimensions = images.shape().size();
    if (images.width() != 1 || images.signed() || dimensions < 3 || dimensions > 4) {
      throw new DataException(
          where(name + "_images")
              + " has the shape "
              + images.shape()
              + " with "
              + images.width()
              + (images.signed() ? " bytes and a sign a value; uint8" : " bytes a value; uint8")
              + " [n, height, width] or [n, height, width, channels] is needed");
    }
    if (part.rows() == 0 || labels.shape().isEmpty() || labels.shape().get(0) != part.rows()) {
      throw new DataException(
          where(name + "_labels")
              + " has the shape "
              + labels.shape()
              + ", the images "
              + images.shape()
              + "; as many labels as images are needed, at least one");
    }
    if (images.size() == 0 || labels.size() == 0) {
      throw new DataException(
          where(name + (images.size() == 0 ? "_images" : "_labels"))
              + " has the shape "
              + (images.size() == 0 ? images : labels).shape()
              + "; no size may be 0");
    }
    if (labels.size() / part.rows() > MAX_CLASSES) {
      throw new DataException(
          where(name + "_labels")
              + " has the shape "
              + labels.shape()
              + "; at most "
              + MAX_CLASSES
              + " per row are allowed");
    }
    return part;
  }

  private static String names(ZipFile zip) {
    String some =
        zip.stream()
            .map(ZipEntry::getName)
            .sorted()
            .limit(SHOWN)
            .map(Visible::word)
            .collect(Collectors.joining(", "));
    return some + (zip.size() > SHOWN ? " and " + (zip.size() - SHOWN) + " more" : "");
  }

  private @Nullable NpyArray array(ZipFile zip, String name, long left)
      throws IOException, DataException {
    ZipEntry entry = zip.getEntry(name + ".npy");
    if (entry == null) {
      return null;
    }
    try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
      return NpyArray.read(in, where(name), held(entry), left);
    }
  }

  /** Nothing but the file's own size cannot lie. */
  private long held(ZipEntry entry) throws IOException {
    long packed = Math.min(entry.getCompressedSize(), Files.size(file.path()));
    long unpacked = entry.getMethod() == ZipEntry.STORED ? packed : packed * MOST_PACKED;
    return Math.min(unpacked, entry.getSize());
  }

  private String where(String array) {
    return "data.file: " + file.path() + ", array " + array;
  }

  private Source source(List<Labelled> parts) throws DataException {
    List<Integer> first = parts.get(0).images().shape();
    List<Integer> image = first.subList(1, first.size());
    long pixels = 0;
    int rows = 0;
    for (Labelled part : parts) {
      List<Integer> shape = part.images().shape();
      if (!shape.subList(1, shape.size()).equals(image)) {
        throw new DataException(
            where(part.name() + "_images")
                + " has images of "
                + shape.subList(1, shape.size())
                + "; those for training are "
                + image);
      }
      pixels += part.images().bytes().length;
      // No more than there are pixels.
      rows += part.rows();
    }
    int channels = image.size() == 3 ? image.get(2) : 1;
    ByteBuffer all = ByteBuffer.allocateDirect(Math.toIntExact(pixels));
    for (Labelled part : parts) {
      putChannelsFirst(part.images().bytes(), part.rows(), channels, all);
    }
    all.rewind();
    return new Source(
        new Pixels(all, rows, new Shape(channels, image.get(0), image.get(1)), WHITE),
        labels(parts, rows),
        parts.get(0).rows(),
        parts.get(1).rows(),
        file.sha256());
  }

  private static void putChannelsFirst(byte[] images, int rows, int channels, ByteBuffer into) {
    if (channels == 1) {
      into.put(images);
      return;
    }
    int image = images.length / rows;
    byte[] turned = new byte[image];
    int area = image / channels;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < image; i++) {
        turned[i % channels * area + i / channels] = images[row * image + i];
      }
      into.put(turned);
    }
  }

  private Labels labels(List<Labelled> parts, int rows) throws DataException {
    NpyArray first = parts.get(0).labels();
    int columns = first.size() / first.shape().get(0);
    if ((long) rows * columns > MAX_LABELS) {
      throw new DataException(
          where("train_labels")
              + " has the shape "
              + first.shape()
              + "; at most "
              + MAX_LABELS
              + " labels are allowed in all parts; take fewer rows");
    }
    long[] values = new long[rows * columns];
    int at = 0;
    long largest = 0;
    for (Labelled part : parts) {
      NpyArray labels = part.labels();
      if (labels.size() != part.rows() * columns) {
        throw new DataException(
            where(part.name() + "_labels")
                + " has the shape "
                + labels.shape()
                + "; those for training have "
                + columns
                + " per row");
      }
      for (int i = 0; i < labels.size(); i++) {
        long value = labels.value(i);
        if (value < 0 || value >= (columns > 1 ? 2 : MAX_CLASSES)) {
          throw new DataException(
              where(part.name() + "_labels")
                  + ", row "
                  + i / columns
                  + ": found "
                  + value
                  + (columns > 1
                      ? "; 0 or 1 is needed where there are several columns"
                      : "; a class from 0 to " + (MAX_CLASSES - 1) + " is needed"));
        }
        largest = Math.max(largest, value);
        values[at++] = value;
      }
    }
    if (columns > 1) {
      byte[] flags = new byte[values.length];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = (byte) values[i];
      }
      return new Flags(flags, columns);
    }
    if (Arrays.stream(values).allMatch(value -> value == values[0])) {
      throw new DataException(
          where("train_labels")
              + " and the other labels hold one class only, "
              + values[0]
              + "; at least two are needed");
    }
    int[] classes = Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    return new Classes(classes, (int) largest + 1);
  }
}
