package io.shrinklab.results;

import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that is under a folder, for before and after: names, kinds, sizes, contents, links. */
public final class Tree {
  private Tree() {}

  /** A line per entry by its path; links are told and not followed. */
  public static Map<String, String> of(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> entries = Files.walk(root)) {
      for (Path entry : entries.toList()) {
        found.put(root.relativize(entry).toString(), line(entry));
      }
    }
    return found;
  }

  private static String line(Path entry) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return "link to " + Files.readSymbolicLink(entry);
    }
    if (attributes.isDirectory()) {
      return "folder";
    }
    // A pipe's content would never end; neither would a sparse giant's.
    return attributes.isRegularFile() && attributes.size() < 1 << 24
        ? attributes.size() + " bytes, " + Sha256.of(Files.readAllBytes(entry))
        : attributes.size() + " bytes of something";
  }
}
