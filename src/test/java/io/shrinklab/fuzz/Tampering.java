package io.shrinklab.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.results.TestRuns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What others may have done to a folder of results. */
final class Tampering {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path sweep;
  private final Path outside;
  private final SplittableRandom random;

  /**
   * Makes one.
   *
   * @param sweep the folder that it happens to
   * @param outside a folder that links lead to, and in which nothing may ever change
   */
  Tampering(Path sweep, Path outside, SplittableRandom random) {
    this.sweep = sweep;
    this.outside = outside;
    this.random = random;
  }

  /** Does one thing; says what. */
  String one() throws IOException {
    List<Path> entries = entries();
    if (entries.isEmpty()) {
      return "nothing is left";
    }
    Path entry = Draw.of(entries, random);
    int what = random.nextInt(16);
    boolean file = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
    String done = what + " to " + sweep.relativize(entry);
    switch (what) {
      case 0 -> remove(entry);
      case 1 -> {
        remove(entry);
        Files.createDirectory(entry);
        Files.writeString(entry.resolve("notes.txt"), "of the user's");
      }
      case 2 -> {
        remove(entry);
        Files.createSymbolicLink(entry, Draw.of(targets(entry), random));
      }
      case 3 -> {
        remove(entry);
        Files.writeString(entry, "a file");
      }
      case 4 -> Files.writeString(beside(entry), "a stranger's " + random.nextInt());
      case 5 -> {
        if (!entry.equals(sweep)) {
          Files.move(entry, beside(entry));
        }
      }
      case 6, 7, 8 -> {
        if (file) {
          forge(entry);
        }
      }
      case 9 ->
          Files.writeString(sweep.resolve("data.json"), Draw.text(random).replace("\ud800", ""));
      case 10 -> Files.writeString(sweep.resolve(".lock"), Draw.of(List.of("", "x", "{}"), random));
      case 11 -> {
        if (file) {
          byte[] other = Files.readAllBytes(Draw.of(files(), random));
          Files.write(entry, other);
        }
      }
      default -> {
        if (file) {
          Files.write(entry, Bytes.damaged(Files.readAllBytes(entry), random));
        }
      }
    }
    return done;
  }

  /** A stranger's name beside an entry; often one that looks like ours. */
  private Path beside(Path entry) {
    String mark =
        Draw.of(
            List.of(".bak", ".incomplete-", ".replaced-12345678", ".incomplete-1a2b3c4d", "~"),
            random);
    Path other = entry.resolveSibling(entry.getFileName() + mark + random.nextInt(10_000));
    return Files.exists(other, LinkOption.NOFOLLOW_LINKS) ? beside(entry) : other;
  }

  private List<Path> targets(Path entry) {
    return List.of(
        outside, outside.resolve("file.txt"), Path.of("nowhere"), entry, sweep, Path.of("/"));
  }

  /** Another content of a stored run's file, with the checksums that belong to it. */
  private void forge(Path file) throws IOException {
    Path run = file.getParent();
    if (!Files.isRegularFile(run.resolve("run.json"), LinkOption.NOFOLLOW_LINKS)
        || !sweep.relativize(file).startsWith("runs")) {
      return;
    }
    String name = file.getFileName().toString();
    try {
      if (name.equals("run.json")) {
        TestRuns.forge(run, document -> new JsonMutator(random).mutate(document));
      } else if (JSON.readTree(run.resolve("run.json").toFile()).get("files")
          instanceof ObjectNode) {
        byte[] damaged = Bytes.damaged(Files.readAllBytes(file), random);
        TestRuns.forge(run, name, new String(damaged, StandardCharsets.UTF_8));
      }
    } catch (IOException | ClassCastException e) {
      // It was damaged before, and is no document that could be forged.
    }
  }

  private List<Path> entries() throws IOException {
    if (!Files.exists(sweep, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(sweep)) {
      return all.sorted().toList();
    }
  }

  private List<Path> files() throws IOException {
    return entries().stream()
        .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /** Removes a file, or a folder with all that is in it; no link is followed. */
  static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(path)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Copies a folder with all that is in it. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> inside = Files.walk(from)) {
      for (Path each : inside.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }
}
