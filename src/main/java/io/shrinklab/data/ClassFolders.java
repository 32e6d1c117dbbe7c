package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Images in a folder per class, all of one size and either all grey or all coloured. Classes are
 * numbered in the order of their folders' names.
 *
 * @param folder where they are
 */
record ClassFolders(UserFile folder) {
  private static final float WHITE = 255;

  /** An image's place and class. */
  private record Labelled(Path file, int label) {}

  /** Reads all images. */
  Source read() throws DataException {
    try {
      List<Path> classes = entries(folder.path()).filter(Files::isDirectory).toList();
      List<Labelled> images = new ArrayList<>();
      for (int label = 0; label < classes.size(); label++) {
        List<Path> files = entries(classes.get(label)).filter(Files::isRegularFile).toList();
        if (files.isEmpty()) {
          throw new DataException(
              "data.folder: "
                  + classes.get(label)
                  + " holds no image; each class needs some, or remove the folder");
        }
        for (Path file : files) {
          images.add(new Labelled(file, label));
        }
      }
      if (classes.size() < 2) {
        throw new DataException(
            "data.folder: "
                + folder.path()
                + " holds "
                + classes.size()
                + " folders; one per class is needed, at least two");
      }
      return read(images, classes.stream().map(FileNames::text).toList());
    } catch (IOException e) {
      throw new DataException("data.folder: " + folder.path() + " cannot be read (" + e + ")", e);
    }
  }

  /** In the order of their names, without hidden ones. */
  static Stream<Path> entries(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return FileNames.sorted(all.filter(path -> !FileNames.text(path).startsWith("."))).stream();
    }
  }

  /** All files of the classes, class by class. */
  static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path inner : entries(folder).filter(Files::isDirectory).toList()) {
      entries(inner).filter(Files::isRegularFile).forEach(files::add);
    }
    return files;
  }

  private Source read(List<Labelled> images, List<String> names) throws IOException, DataException {
    ImageSize size = ImageSize.of(images.get(0).file());
    long bytes = (long) images.size() * size.channels() * size.height() * size.width();
    if (bytes > UserFile.MAX_BYTES) {
      throw new DataException(
          "data.folder: "
              + images.size()
              + " images of "
              + size
              + " are more than two billion bytes; scale them down or take fewer");
    }
    ByteBuffer pixels = ByteBuffer.allocateDirect((int) bytes);
    int[] labels = new int[images.size()];
    for (int row = 0; row < labels.length; row++) {
      Path file = images.get(row).file();
      ImageSize own = ImageSize.of(file);
      if (!own.equals(size)) {
        throw new DataException(
            "data.folder: "
                + file
                + " is "
                + own
                + "; "
                + images.get(0).file()
                + " is "
                + size
                + ": all must be alike; convert them");
      }
      BufferedImage image;
      try (InputStream in = Files.newInputStream(file)) {
        image = ImageIO.read(in);
      }
      if (image == null) {
        throw new DataException("data.folder: " + file + " is no image that Java can read");
      }
      put(image, size, pixels);
      labels[row] = images.get(row).label();
    }
    pixels.rewind();
    return new Source(
        new Pixels(
            pixels, labels.length, new Shape(size.channels(), size.height(), size.width()), WHITE),
        new Classes(labels, names.size(), names),
        labels.length,
        0,
        folder.sha256());
  }

  private static void put(BufferedImage image, ImageSize size, ByteBuffer pixels) {
    Raster raster = image.getRaster();
    int largest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    for (int channel = 0; channel < size.channels(); channel++) {
      for (int y = 0; y < size.height(); y++) {
        for (int x = 0; x < size.width(); x++) {
          // getRGB would brighten grey values: it takes them for linear light.
          int value =
              size.channels() == 1
                  ? raster.getSample(x, y, 0) * 255 / largest
                  : image.getRGB(x, y) >> (16 - 8 * channel);
          pixels.put((byte) value);
        }
      }
    }
  }

  /** What an image's header says, before memory is taken for its pixels. */
  private record ImageSize(int channels, int height, int width) {
    static ImageSize of(Path file) throws IOException, DataException {
      // By a stream and not by a name, which Java cannot always spell in the user's locale.
      try (InputStream raw = Files.newInputStream(file);
          ImageInputStream in = ImageIO.createImageInputStream(raw)) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
          throw new DataException(
              "data.folder: "
                  + file
                  + " is no image that Java can read; PNG, JPEG, GIF and BMP are");
        }
        ImageReader reader = readers.next();
        try {
          reader.setInput(in);
          boolean grey =
              reader.getRawImageType(0) != null
                  && reader.getRawImageType(0).getNumBands() == 1
                  && reader.getRawImageType(0).getColorModel().getColorSpace().getType()
                      == ColorSpace.TYPE_GRAY;
          return new ImageSize(grey ? 1 : 3, reader.getHeight(0), reader.getWidth(0));
        } finally {
          reader.dispose();
        }
      }
    }

    @Override
    public String toString() {
      return width + " x " + height + (channels == 1 ? " grey" : " coloured");
    }
  }
}
