package io.shrinklab.results;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is at a place inside a results folder. A link is a link, whatever it points to: links that
 * others left there must lead neither reading nor writing elsewhere.
 */
enum Entry {
  NOTHING("nothing"),
  FILE("a file"),
  FOLDER("a folder"),
  LINK("a link"),
  OTHER("a pipe or a device");

  private final String words;

  Entry(String words) {
    this.words = words;
  }

  /** For messages. */
  String words() {
    return words;
  }

  /**
   * Looks.
   *
   * @throws IOException when the system lets nobody see what is there
   */
  static Entry at(Path place) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      requireFolderAbove(place.toAbsolutePath());
      return NOTHING;
    }
    if (found.isSymbolicLink()) {
      return LINK;
    }
    if (found.isOther()) {
      return OTHER;
    }
    return found.isDirectory() ? FOLDER : FILE;
  }

  /** Below a file there is nothing either: JDKs part in whether they tell the two apart. */
  private static void requireFolderAbove(Path place) throws IOException {
    for (Path above = place.getParent(); above != null; above = above.getParent()) {
      if (Files.isDirectory(above)) {
        return;
      }
      if (Files.exists(above)) {
        throw new FileSystemException(place.toString(), null, "Not a directory");
      }
    }
  }

  /**
   * Whether a folder is there, or nothing.
   *
   * @throws IOException when it is something else, or the system lets nobody see it
   */
  static boolean isFolder(Path place) throws IOException {
    return is(FOLDER, place);
  }

  /** The same for a regular file. */
  static boolean isFile(Path place) throws IOException {
    return is(FILE, place);
  }

  /** All that is in a folder, listed before anything is done to it; none where there is none. */
  static List<Path> in(Path folder) throws IOException {
    if (!isFolder(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      children.forEach(found::add);
    } catch (NoSuchFileException e) {
      // The worker of a killed sweep lived for a moment longer and renamed it.
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static boolean is(Entry wanted, Path place) throws IOException {
    Entry found = at(place);
    if (found != wanted && found != NOTHING) {
      throw new FileSystemException(
          place.toString(), null, found.words + " is in the place of " + wanted.words);
    }
    return found == wanted;
  }
}
