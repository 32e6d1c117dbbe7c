package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.spec.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Images in a folder per class, all of one size and either all grey or all coloured. Classes are
 * numbered in the order of their folders' names.
 *
 * @param folder where they are
 */
record ClassFolders(UserFile folder) {
  private static final float WHITE = 255;

  /** An image's place and class. */
  private record Labelled(Picture picture, int label) {}

  /** Reads all images. */
  Source read() throws DataException {
    List<String> problems = new ArrayList<>();
    try {
      List<Path> classes = entries(folder.path()).filter(Files::isDirectory).toList();
      List<Labelled> images = new ArrayList<>();
      for (int label = 0; label < classes.size(); label++) {
        Path of = classes.get(label);
        List<Path> files = entries(of).filter(Files::isRegularFile).toList();
        List<Path> inner = entries(of).filter(Files::isDirectory).toList();
        for (Path folder : inner) {
          problems.add(
              "data.folder: "
                  + folder
                  + " is a folder within a class, whose images would be left out; move them into "
                  + of
                  + ", or move the folder up where it is a class of its own");
        }
        for (Path other : entries(of).filter(ClassFolders::isOther).toList()) {
          problems.add(
              "data.folder: "
                  + other
                  + " is neither a file nor a folder (a link that leads nowhere, a pipe, a device);"
                  + " remove it");
        }
        if (files.isEmpty() && inner.isEmpty()) {
          problems.add(
              "data.folder: "
                  + of
                  + " holds no image; each class needs some, or remove the folder");
        }
        for (Path file : files) {
          images.add(new Labelled(new Picture(file), label));
        }
      }
      if (classes.size() < 2) {
        problems.add(
            "data.folder: "
                + folder.path()
                + " holds "
                + classes.size()
                + " folders; one per class is needed, at least two");
      }
      DataException.throwIfAny(problems);
      return read(images, classes);
    } catch (IOException e) {
      throw new DataException(
          "data.folder: " + folder.path() + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  private static boolean isOther(Path path) {
    return !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** In the order of their names, without hidden ones. */
  static Stream<Path> entries(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return NameBytes.sorted(all.filter(path -> !NameBytes.text(path).startsWith("."))).stream();
    }
  }

  /**
   * Refuses what is too much, by the header of the first image alone: before all are hashed and
   * read, which may take minutes. That the others are of its size is looked at then.
   */
  static void requireRoom(List<Path> files) throws DataException {
    Picture.Size size;
    try {
      size = files.isEmpty() ? new Picture.Size(0, 0, 0) : new Picture(files.get(0)).size();
    } catch (DataException e) {
      // Is said when they are read, with all else that is wrong.
      return;
    }
    requireRoom(files.size(), size);
  }

  private static void requireRoom(int images, Picture.Size size) throws DataException {
    if (images * size.bytes() > Features.MOST_VALUES) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data.folder: %,d images of %s are %,d values; at most %,d are read: scale them down,"
                  + " or take fewer",
              images,
              size,
              images * size.bytes(),
              Features.MOST_VALUES));
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

  private Source read(List<Labelled> images, List<Path> classes) throws DataException {
    Picture.Size size = size(images);
    requireRoom(images.size(), size);
    ByteBuffer pixels = ByteBuffer.allocateDirect((int) (images.size() * size.bytes()));
    List<String> problems = new ArrayList<>();
    for (Labelled image : images) {
      try {
        image.picture().put(size, pixels);
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    DataException.throwIfAny(problems);
    pixels.rewind();
    return new Source(
        new Pixels(
            pixels, images.size(), new Shape(size.channels(), size.height(), size.width()), WHITE),
        new Classes(
            images.stream().mapToInt(Labelled::label).toArray(),
            classes.size(),
            classes.stream().map(NameBytes::text).toList()),
        images.size(),
        0,
        folder.sha256());
  }

  /** The one size of all images; their headers are read before memory is taken for any. */
  private static Picture.Size size(List<Labelled> images) throws DataException {
    List<String> problems = new ArrayList<>();
    Picture.Size size = null;
    Picture first = null;
    for (Labelled image : images) {
      Picture picture = image.picture();
      try {
        Picture.Size own = picture.size();
        if (size == null) {
          size = own;
          first = picture;
        } else if (!own.equals(size)) {
          problems.add(
              "data.folder: "
                  + picture.file()
                  + " is "
                  + own
                  + "; "
                  + Objects.requireNonNull(first).file()
                  + " is "
                  + size
                  + ": all must be alike; convert them");
        }
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    DataException.throwIfAny(problems);
    return Objects.requireNonNull(size);
  }
}
