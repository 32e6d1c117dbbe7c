package io.shrinklab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who ships a library answers for its licence, and for what is known to be wrong with it. */
class ShippedLibrariesTest {
  /** Folders of a Maven repository whose libraries are for tests alone. */
  private static final List<String> OF_TESTS =
      List.of(
          "/com/ethlo/time/itu/",
          "/com/fasterxml/jackson/dataformat/jackson-dataformat-yaml/",
          "/com/networknt/json-schema-validator/",
          "/com/tngtech/archunit/",
          "/net/bytebuddy/byte-buddy/",
          "/org/assertj/assertj-core/",
          "/org/junit/",
          "/org/opentest4j/opentest4j/",
          "/org/yaml/snakeyaml/");

  private static final Path TEXTS = Path.of("src/assembly");

  /** group:artifact, licence and the file with its text, as NOTICE has them. */
  private static final Pattern ATTRIBUTION =
      Pattern.compile("(?m)^ {2}([\\w.-]+:[\\w.-]+) +([\\w.-]+) +(\\S+)$");

  private static final Path PAGE = Path.of("docs/libraries.md");

  /**
   * The version of each library of the class path, by group:artifact; those of tests are left out.
   */
  private static Map<String, String> shipped() throws IOException {
    Set<String> known = new TreeSet<>();
    attributions().forEach(row -> known.add(row.group(1)));
    Map<String, String> shipped = new TreeMap<>();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
      String place = entry.replace(File.separatorChar, '/');
      if (place.endsWith(".jar") && OF_TESTS.stream().noneMatch(place::contains)) {
        // .../group/artifact/version/artifact-version.jar
        Path folder = Path.of(entry).getParent();
        String artifact = folder.getParent().getFileName().toString();
        String group =
            known.stream()
                .filter(name -> name.endsWith(":" + artifact))
                .map(name -> name.substring(0, name.indexOf(':')))
                .filter(name -> place.contains("/" + name.replace('.', '/') + "/" + artifact + "/"))
                .findFirst()
                .orElse("unknown to NOTICE");
        shipped.put(group + ":" + artifact, folder.getFileName().toString());
      }
    }
    return shipped;
  }

  private static List<MatchResult> attributions() throws IOException {
    return ATTRIBUTION.matcher(Files.readString(Path.of("NOTICE"))).results().toList();
  }

  /** The cells of each row of the page's table that begins so. */
  private static List<List<String>> rows(String head) throws IOException {
    String table = Files.readString(PAGE).split("\n" + Pattern.quote(head), 2)[1];
    return table
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  private static String name(String cell) {
    return cell.replace("`", "");
  }

  @Test
  void noticeHasEachThatIsShippedAndNoOther() throws IOException {
    List<String> attributed = attributions().stream().map(row -> row.group(1)).toList();
    assertThat(attributed).doesNotHaveDuplicates();
    assertThat(shipped().keySet()).containsExactlyInAnyOrderElementsOf(attributed);
  }

  @Test
  void aLicenceThatWantsItsTextAlongHasIt() throws IOException {
    for (MatchResult row : attributions()) {
      if (!row.group(2).equals("Apache-2.0")) {
        assertThat(TEXTS.resolve(row.group(3))).as(row.group()).isRegularFile();
      }
    }
    String notice = Files.readString(Path.of("NOTICE"));
    try (Stream<Path> texts = Files.list(TEXTS.resolve("licenses"))) {
      assertThat(texts).allSatisfy(t -> assertThat(notice).contains("licenses/" + t.getFileName()));
    }
  }

  @Test
  void thePageHasTheVersionsThatAreShipped() throws IOException {
    Map<String, String> shipped = shipped();
    List<List<String>> rows = rows("| library | for | version |");
    assertThat(rows).hasSizeGreaterThan(20);
    for (List<String> row : rows) {
      assertThat(shipped.get(name(row.get(0)))).as(row.get(0)).isEqualTo(row.get(2));
    }
  }

  @Test
  void aWeaknessIsMendedOrOutOfReach() throws IOException {
    Map<String, String> shipped = shipped();
    List<List<String>> rows = rows("| advisory | library | mended in | here |");
    assertThat(rows).hasSizeGreaterThan(20);
    for (List<String> row : rows) {
      String version = shipped.get(name(row.get(1)));
      assertThat(version).as("shipped: %s", row).isNotNull();
      // An excuse that is no longer needed goes, and so hides nothing after a step back.
      assertThat(row.get(3).isEmpty())
          .as("%s is shipped: %s", version, row)
          .isEqualTo(!row.get(2).equals("none") && atLeast(version, row.get(2)));
    }
  }

  /** The page excuses it so. */
  @Test
  void noChartHasLines() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/io/shrinklab/report"))) {
      for (Path script : scripts.filter(path -> path.toString().endsWith(".js")).toList()) {
        assertThat(Files.readString(script))
            .as("%s", script)
            .doesNotContainPattern("['\"]lines['\"]");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.38, 1.5.37, true",
    "1.5.37, 1.5.37, true",
    "1.5.4, 1.5.37, false",
    "1.10.0, 1.9, true",
    "3.0, 3.0.1, false",
    "2.7.1-0.36.0, 2.7.1-0.35.1, true",
  })
  void versionsAreComparedByTheirNumbers(String version, String other, boolean atLeast) {
    assertThat(atLeast(version, other)).isEqualTo(atLeast);
  }

  private static boolean atLeast(String version, String other) {
    List<Integer> ours = numbers(version);
    List<Integer> theirs = numbers(other);
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      int difference =
          (i < ours.size() ? ours.get(i) : 0) - (i < theirs.size() ? theirs.get(i) : 0);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : version.split("[.-]", -1)) {
      numbers.add(Integer.valueOf(part));
    }
    return numbers;
  }
}
