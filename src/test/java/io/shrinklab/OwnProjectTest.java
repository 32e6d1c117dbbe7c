package io.shrinklab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.shrinklab.testing.JavaProcess;
import io.shrinklab.testing.Page;
import java.io.File;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may use, by what docs/own-project.md and other pages show of it. */
class OwnProjectTest {
  private static final String PAGE = "docs/own-project.md";
  private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.shrinklab");

  @TempDir private Path project;

  @Test
  void thePublicTypesAreThoseOfTheTable() throws Exception {
    Set<String> listed =
        Page.of(PAGE).lines().stream()
            .filter(line -> line.startsWith("| `io.shrinklab."))
            .map(line -> line.split("`", -1)[1])
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names(publicTypes())).isEqualTo(listed).hasSizeGreaterThan(8);
  }

  @Test
  void allElseIsInternal() {
    Set<String> internal = new TreeSet<>();
    Set<String> rooms = new TreeSet<>();
    for (JavaClass type : PROGRAM) {
      rooms.add(type.getPackageName());
      if (type.getSimpleName().equals("package-info") && is(type, API.Status.INTERNAL)) {
        internal.add(type.getPackageName());
      }
    }
    rooms.removeAll(Set.of("io.shrinklab", "io.shrinklab.api"));
    assertThat(internal).isEqualTo(rooms).hasSizeGreaterThan(10);
    assertThat(PROGRAM.getPackage("io.shrinklab.api").getClasses())
        .allMatch(type -> is(type, API.Status.STABLE));
  }

  /** Whoever uses a public type comes across no other type of ours. */
  @Test
  void thePublicTypesNeedNoOther() {
    Set<JavaClass> types = publicTypes();
    for (JavaClass type : types) {
      Stream<JavaClass> parents =
          Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
      Stream<JavaClass> signatures =
          type.getCodeUnits().stream()
              .filter(OwnProjectTest::isVisible)
              .flatMap(OwnProjectTest::signature);
      Stream<JavaClass> fields =
          type.getFields().stream()
              .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
              .flatMap(field -> field.getAllInvolvedRawTypes().stream());
      assertThat(
              Stream.of(parents, signatures, fields)
                  .flatMap(each -> each)
                  .filter(each -> each.getPackageName().startsWith("io.shrinklab")))
          .as(type.getName())
          .isSubsetOf(types);
    }
  }

  private static boolean isVisible(JavaCodeUnit method) {
    return method.getModifiers().contains(JavaModifier.PUBLIC)
        || method.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> signature(JavaCodeUnit method) {
    return Stream.of(
            method.getReturnType().getAllInvolvedRawTypes().stream(),
            method.getParameterTypes().stream()
                .flatMap(type -> type.getAllInvolvedRawTypes().stream()),
            method.getExceptionTypes().stream())
        .flatMap(each -> each);
  }

  private static Set<JavaClass> publicTypes() {
    return PROGRAM.stream()
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .filter(type -> is(type, API.Status.STABLE))
        .collect(Collectors.toSet());
  }

  private static boolean is(HasAnnotations<?> type, API.Status status) {
    return type.tryGetAnnotationOfType(API.class).map(api -> api.status() == status).orElse(false);
  }

  private static Set<String> names(Set<JavaClass> types) {
    return types.stream().map(JavaClass::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/own-penalty.md", "docs/data.md", PAGE})
  void everyClassOnAPageCompilesAsItStands(String page) throws Exception {
    List<Page.Source> sources = Page.of(page).sources();
    assertThat(sources).isNotEmpty();
    assertThat(JavaProcess.compile(write(sources), project.resolve("classes"))).isEmpty();
  }

  private List<Path> write(List<Page.Source> sources) throws Exception {
    Path folder = project.resolve("src/main/java");
    List<Path> files = new ArrayList<>();
    for (Page.Source source : sources) {
      files.add(source.write(folder));
    }
    return files;
  }

  private void writeProject() throws Exception {
    write(Page.of(PAGE).sources());
    Files.writeString(project.resolve("pom.xml"), Page.of(PAGE).block("<project"));
    Path experiments = Files.createDirectories(project.resolve("experiments"));
    Files.writeString(experiments.resolve("question.json"), Page.of(PAGE).block("{"));
  }

  @Test
  void aStrangersProgramTrainsReadsAndReports() throws Exception {
    writeProject();
    Path classes = project.resolve("classes");
    assertThat(JavaProcess.compile(write(Page.of(PAGE).sources()), classes)).isEmpty();

    List<String> said =
        JavaProcess.java(
            project, classes + File.pathSeparator + JavaProcess.classPath(), "my.lab.Question");

    requireTrained(said, project.resolve("from-java/question"));
  }

  private static void requireTrained(List<String> said, Path sweep) throws Exception {
    assertThat(said).last().as("%s", said).isEqualTo("exit code 0");
    List<String> runs = said.stream().filter(line -> line.contains(" seed ")).toList();
    assertThat(runs).hasSize(4).allMatch(line -> line.contains(": COMPLETED, accuracy on"));
    assertThat(runs.subList(0, 2))
        .allMatch(line -> line.startsWith("none seed ") && line.endsWith("[0.0, 0.0, 0.0]"));
    // What the class on the page adds to the loss is above 0 wherever a weight is not 0.
    assertThat(runs.subList(2, 4))
        .allMatch(
            line ->
                line.startsWith("log seed ") && !line.contains("[0.0") && !line.contains(" 0.0,"));
    assertThat(said).contains(sweep.resolve("report.html").toRealPath().toString());
    assertThat(Files.readString(sweep.resolve("runs.csv"))).contains("completed");
    assertThat(Files.readString(sweep.resolve("report.html"))).contains("log");
  }

  /** Maven itself on the page's project, with a local repository that has the program's jar. */
  @Test
  void mavenBuildsAndRunsTheProject() throws Exception {
    writeProject();
    Path maven = onThePath(File.separatorChar == '\\' ? "mvn.cmd" : "mvn");
    assumeTrue(maven != null, "no mvn on the PATH: the page's project is not built by Maven");
    Path own = Path.of(System.getProperty("user.home"), ".m2", "repository");
    assumeTrue(
        Files.isDirectory(own.resolve("ai/djl")),
        own + " has no libraries: the page's project is not built by Maven");
    Path repository = installed(own);

    List<String> said;
    try {
      said =
          JavaProcess.run(
              project,
              List.of(
                  maven.toString(),
                  "-q",
                  "-o",
                  "-Dmaven.repo.local=" + repository,
                  "compile",
                  "exec:java",
                  "-Dexec.mainClass=my.lab.Question"));
    } finally {
      unlink(repository);
      unlink(repository.resolve("io"));
    }

    assumeTrue(
        said.stream().noneMatch(line -> line.contains("in offline mode")),
        "a plugin of the page's project was never downloaded, so Maven does not build it");
    requireTrained(said, project.resolve("from-java/question"));
  }

  private static Path onThePath(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * What {@code mvn install} leaves: jar and build file in a local repository. All else in it is a
   * link to what is already there, so that nothing is downloaded and nobody's repository changes.
   */
  private Path installed(Path own) throws Exception {
    Path repository = Files.createDirectories(project.resolve("repository"));
    link(own, repository, "io");
    link(own.resolve("io"), repository.resolve("io"), "shrinklab");
    String version = "0.1.0-SNAPSHOT";
    Path place =
        Files.createDirectories(repository.resolve("io/shrinklab/shrinklab").resolve(version));
    Files.copy(Path.of("pom.xml"), place.resolve("shrinklab-" + version + ".pom"));
    try (OutputStream out = Files.newOutputStream(place.resolve("shrinklab-" + version + ".jar"));
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> files = Files.walk(CLASSES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(
            new JarEntry(CLASSES.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, jar);
      }
    }
    return repository;
  }

  private static void link(Path from, Path into, String except) throws Exception {
    Files.createDirectories(into);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        if (!entry.endsWith(except)) {
          Files.createSymbolicLink(into.resolve(entry.getFileName()), entry);
        }
      }
    }
  }

  private static void unlink(Path folder) throws Exception {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }
}
