package io.shrinklab.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of documentation.
 *
 * @param lines of it
 */
public record Page(List<String> lines) {
  private static final String INDENT = "    ";
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);");
  private static final Pattern CLASS = Pattern.compile("(?m)^public final class (\\w+)");

  /**
   * A Java class on a page.
   *
   * @param name in full
   * @param text its file
   */
  public record Source(String name, String text) {
    /** Puts it under a folder of sources. */
    public Path write(Path folder) throws IOException {
      Path file = folder.resolve(name.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    }
  }

  /** Reads one. */
  public static Page of(String file) throws IOException {
    return new Page(Files.readAllLines(Path.of(file)));
  }

  /** What is indented as code: each run of such lines, with the empty ones within, unindented. */
  public List<String> blocks() {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    boolean inside = false;
    for (String line : lines) {
      if (line.startsWith(INDENT)) {
        inside = true;
        block.append(line.substring(INDENT.length())).append('\n');
      } else if (inside && line.isEmpty()) {
        block.append('\n');
      } else if (inside) {
        blocks.add(block.toString().strip() + "\n");
        block.setLength(0);
        inside = false;
      }
    }
    if (inside) {
      blocks.add(block.toString().strip() + "\n");
    }
    return blocks;
  }

  /** The only block that begins so. */
  public String block(String beginning) {
    List<String> found = blocks().stream().filter(block -> block.startsWith(beginning)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " blocks begin with " + beginning);
    }
    return found.get(0);
  }

  /** The blocks that are Java classes. */
  public List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    for (String block : blocks()) {
      Matcher place = PACKAGE.matcher(block);
      if (place.find()) {
        Matcher name = CLASS.matcher(block);
        if (!name.find()) {
          throw new IllegalStateException("no public final class in\n" + block);
        }
        sources.add(new Source(place.group(1) + "." + name.group(1), block));
      }
    }
    return sources;
  }
}
