package io.shrinklab.data;

import ai.djl.ndarray.types.Shape;
import io.shrinklab.spec.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  /** Problems shown at once. */
  private static final int SHOWN = 10;

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
      check(problems);
      return read(images, classes);
    } catch (IOException e) {
      throw new DataException(
          "data.folder: " + folder.path() + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  private static void check(List<String> problems) throws DataException {
    if (!problems.isEmpty()) {
      int more = problems.size() - SHOWN;
      throw new DataException(
          String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size())))
              + (more > 0 ? "\nand " + more + " more of the like" : ""));
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

  private Source read(List<Labelled> images, List<Path> classes) throws DataException {
    Picture.Size size = size(images);
    long bytes = images.size() * size.bytes();
    if (bytes > UserFile.MAX_BYTES) {
      throw new DataException(
          "data.folder: "
              + images.size()
              + " images of "
              + size
              + " are more than two billion bytes; scale them down or take fewer");
    }
    ByteBuffer pixels = ByteBuffer.allocateDirect((int) bytes);
    List<String> problems = new ArrayList<>();
    for (Labelled image : images) {
      try {
        image.picture().put(size, pixels);
      } catch (DataException e) {
        problems.add(e.getMessage());
      }
    }
    check(problems);
    pixels.rewind();
    return new Source(
        new Pixels(
            pixels, images.size(), new Shape(size.channels(), size.height(), size.width()), WHITE),
        new Classes(
            images.stream().mapToInt(Labelled::label).toArray(),
            classes.size(),
            classes.stream().map(FileNames::text).toList()),
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
    check(problems);
    return Objects.requireNonNull(size);
  }
}
