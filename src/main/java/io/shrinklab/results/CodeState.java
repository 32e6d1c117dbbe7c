package io.shrinklab.results;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which code runs. In a checkout git is asked. A jar holds what the build asked git; it may lie in
 * anybody's checkout, whose commits say nothing about it.
 *
 * @param commit {@value Environment#UNKNOWN} where nobody knows
 * @param dirty whether sources or build file had changes that are in no commit; null where nobody
 *     knows
 */
record CodeState(String commit, @Nullable Boolean dirty) {
  private static final String RECORDED = "code.properties";

  /** The build records what this prints. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    CodeState now = detect();
    System.out.println("commit=" + now.commit);
    System.out.println("dirty=" + now.dirty);
  }

  /** Finds it out; never fails. */
  static CodeState detect() {
    Path place = place();
    return place != null && Files.isDirectory(place) ? of(place) : recorded();
  }

  /**
   * Of classes that lie in a folder, which may have been compiled after anything that is recorded.
   */
  static CodeState of(Path classes) {
    Path home = checkout(classes);
    String commit = git(home, "rev-parse", "HEAD");
    // Only what is compiled decides a number: an edited experiment or README does not.
    String changes =
        commit == null ? null : git(home, "status", "--porcelain", "--", "src", "pom.xml");
    return commit == null || changes == null
        ? new CodeState(Environment.UNKNOWN, null)
        : new CodeState(commit, !changes.isEmpty());
  }

  private static CodeState recorded() {
    String dirty = Environment.property(RECORDED, "dirty");
    return new CodeState(
        Environment.property(RECORDED, "commit"),
        List.of("true", "false").contains(dirty) ? Boolean.valueOf(dirty) : null);
  }

  private static @Nullable Path place() {
    try {
      return Path.of(CodeState.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }

  /** The top of the checkout that classes were compiled in: it holds this very source. */
  private static @Nullable Path checkout(Path classes) {
    Path source = Path.of("src", "main", "java", "io", "shrinklab", "results", "CodeState.java");
    for (Path at = classes; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(source)) && Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return null;
  }

  private static @Nullable String git(@Nullable Path home, String... arguments) {
    if (home == null) {
      return null;
    }
    List<String> command =
        Stream.concat(Stream.of("git", "-C", home.toString()), Stream.of(arguments)).toList();
    return Environment.output(command);
  }
}
