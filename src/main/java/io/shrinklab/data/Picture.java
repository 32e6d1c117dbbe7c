package io.shrinklab.data;

import io.shrinklab.spec.IoReason;
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
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * An image file of the user's: PNG, JPEG, GIF or BMP.
 *
 * @param file where it is
 */
record Picture(Path file) {
  /** Larger ones are refused before memory is taken. */
  private static final long MAX_PIXELS = 100_000_000;

  /** What an image is. */
  record Size(int channels, int height, int width) {
    /** Bytes of its pixels. */
    long bytes() {
      return (long) channels * height * width;
    }

    @Override
    public String toString() {
      return width + " x " + height + (channels == 1 ? " grey" : " coloured");
    }
  }

  /** What is to be learned from an opened file. */
  private interface Look<T> {
    T at(ImageReader reader) throws IOException, DataException;
  }

  /** What its header says; takes no memory for pixels. */
  Size size() throws DataException {
    return open(
        reader -> {
          int width = reader.getWidth(0);
          int height = reader.getHeight(0);
          if (width < 1 || height < 1) {
            throw damaged("it says that it is " + width + " x " + height);
          }
          if ((long) width * height > MAX_PIXELS) {
            throw new DataException(
                String.format(
                    Locale.ROOT,
                    "data.folder: %s says that it is %d x %d; at most %,d pixels are allowed: scale"
                        + " it down, or replace it where it is damaged",
                    file,
                    width,
                    height,
                    MAX_PIXELS));
          }
          ImageTypeSpecifier type = reader.getRawImageType(0);
          boolean grey =
              type != null
                  && type.getNumBands() == 1
                  && type.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
          return new Size(grey ? 1 : 3, height, width);
        });
  }

  /**
   * Reads its pixels, channel by channel.
   *
   * @param size that it has
   */
  void put(Size size, ByteBuffer pixels) throws DataException {
    List<String> damage = new ArrayList<>();
    BufferedImage image =
        open(
            reader -> {
              if (reader.getOriginatingProvider().getFormatNames()[0].equalsIgnoreCase("png")) {
                PngChunks.check(file);
              }
              reader.addIIOReadWarningListener((source, warning) -> damage.add(warning));
              return reader.read(0);
            });
    // What the JPEG reader makes up for; what else it warns of is in profiles and thumbnails.
    for (String warning : damage) {
      if (warning.startsWith("Truncated") || warning.startsWith("Corrupt")) {
        throw damaged(warning);
      }
    }
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

  private <T> T open(Look<T> look) throws DataException {
    try {
      if (Files.size(file) == 0) {
        throw new DataException("data.folder: " + file + " is empty; replace or remove it");
      }
      // By a stream and not by a name, which Java cannot always spell in the user's locale.
      try (InputStream raw = Files.newInputStream(file);
          ImageInputStream in = new MemoryCacheImageInputStream(raw)) {
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
          return look.at(reader);
        } finally {
          reader.dispose();
        }
      }
    } catch (IOException e) {
      throw damaged(IoReason.of(e));
    } catch (RuntimeException e) {
      // The readers trust what they read: a damaged file makes them throw whatever there is.
      throw damaged("what it says of itself is not so");
    }
  }

  private DataException damaged(String how) {
    return new DataException(
        "data.folder: " + file + " cannot be read (" + how + "); replace or remove it");
  }
}
