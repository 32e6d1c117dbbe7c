package io.shrinklab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house, and who may see whom. */
class ArchitectureTest {
  private static final String HOUSE = "io.shrinklab";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);

  /**
   * What sees everything: the command line, and the library's front door, which shares its calls.
   */
  private static final Set<String> ENTRANCES = Set.of("command", "api");

  /** What each room may see beside itself. */
  private static final Map<String, List<String>> SEES = new LinkedHashMap<>();

  static {
    SEES.put("spec", List.of());
    SEES.put("experiment", List.of("spec"));
    SEES.put("outcome", List.of("spec"));
    SEES.put("data", List.of("spec", "outcome", "tensor"));
    SEES.put("tensor", List.of());
    SEES.put("network", List.of("spec", "tensor"));
    SEES.put("penalty", List.of("spec", "network", "tensor"));
    SEES.put("training", List.of("spec", "outcome", "data", "network", "tensor", "penalty"));
    SEES.put("results", List.of("spec", "experiment", "outcome"));
    SEES.put(
        "sweep", List.of("spec", "experiment", "outcome", "data", "tensor", "training", "results"));
    SEES.put("export", List.of("spec", "experiment", "outcome", "results"));
    SEES.put("analysis", List.of("spec", "outcome"));
    SEES.put("wording", List.of("spec", "outcome", "analysis"));
    SEES.put("report", List.of("spec", "experiment", "outcome", "analysis", "wording"));
  }

  /** Rooms that only some builds have. */
  private static final Map<String, List<String>> EXTENSIONS =
      Map.of("spark", List.of("spec", "sweep"));

  private static final String[] ENGINE_ROOMS = {
    HOUSE + ".data..",
    HOUSE + ".network..",
    HOUSE + ".tensor..",
    HOUSE + ".penalty..",
    HOUSE + ".training.."
  };

  /** Methods of {@link Files} that change something on the disk. */
  private static final Set<String> WRITES =
      Set.of(
          "write",
          "writeString",
          "newOutputStream",
          "newBufferedWriter",
          "newByteChannel",
          "move",
          "copy",
          "delete",
          "deleteIfExists",
          "createFile",
          "createDirectory",
          "createDirectories",
          "createLink",
          "createSymbolicLink",
          "createTempFile",
          "createTempDirectory",
          "setAttribute",
          "setLastModifiedTime");

  /** Methods of {@link FileChannel} that do; that it is opened shows in what is done next. */
  private static final Set<String> CHANNEL_WRITES =
      Set.of("write", "truncate", "force", "transferFrom", "map");

  /** Of the libraries' own only those that delete what a path names, folders with all in them. */
  private static final Set<String> DELETERS =
      Set.of(
          Files.class.getName(),
          File.class.getName(),
          "ai.djl.util.Utils",
          "org.apache.commons.io.FileUtils",
          "org.apache.commons.io.file.PathUtils");

  private static final String TRUNCATE = FileChannel.class.getName() + ".truncate(long)";

  private static final Set<String> WRITERS =
      Set.of(
          FileOutputStream.class.getName(),
          FileWriter.class.getName(),
          FileChannel.class.getName());

  static Stream<String> rooms() {
    return Stream.concat(SEES.keySet().stream(), EXTENSIONS.keySet().stream());
  }

  @Test
  void everyPackageIsARoom() {
    List<String> rooms =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals(HOUSE))
            .map(name -> name.substring(HOUSE.length() + 1).replaceAll("\\..*", ""))
            .distinct()
            .toList();
    assertThat(rooms).hasSizeGreaterThanOrEqualTo(SEES.size() + ENTRANCES.size());
    assertThat(rooms)
        .allMatch(
            room ->
                SEES.containsKey(room) || ENTRANCES.contains(room) || EXTENSIONS.containsKey(room));
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomSeesOnlyTheRoomsItMay(String room) {
    seesOnly(room, SEES.getOrDefault(room, EXTENSIONS.get(room)))
        .allowEmptyShould(EXTENSIONS.containsKey(room))
        .check(CLASSES);
  }

  private static ArchRule seesOnly(String room, List<String> seen) {
    String[] allowed =
        Stream.concat(Stream.of(room), seen.stream())
            .map(name -> HOUSE + "." + name + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> forbidden =
        resideInAPackage(HOUSE + "..").and(not(resideInAnyPackage(allowed)));
    return noClasses()
        .that()
        .resideInAPackage(HOUSE + "." + room + "..")
        .should()
        .dependOnClassesThat(forbidden.as("are in another room than " + Arrays.toString(allowed)));
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(HOUSE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theEngineIsSeenByTheRoomsThatTrainAlone() {
    noClasses()
        .that(not(resideInAnyPackage(ENGINE_ROOMS)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(CLASSES);
  }

  /**
   * An engine operation with a Java number hands the engine a scalar in a Java buffer that nobody
   * refers to after the call, while the engine keeps its address for the backward pass. A garbage
   * collection in between frees it.
   */
  @Test
  void nothingThatIsDifferentiatedTakesAJavaNumber() {
    noClasses()
        .that(resideInAnyPackage(HOUSE + ".network..", HOUSE + ".training.."))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "it is an operation of an array with a java.lang.Number",
                call ->
                    call.getTargetOwner().getName().startsWith("ai.djl.ndarray.NDArray")
                        && !call.getName().endsWith("i")
                        && call.getTarget().getRawParameterTypes().stream()
                            .anyMatch(type -> type.isEquivalentTo(Number.class))))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandsSeeTheCommandLineLibrary() {
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".command..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheExtensionsSeeTheirLibraries() {
    noClasses()
        .that(not(resideInAPackage(HOUSE + ".spark..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..")
        .check(CLASSES);
  }

  /**
   * Data keeps a cache of its own, the command line a temporary file; an export goes to a folder,
   * and data for executors into the driver's temporary one.
   */
  @Test
  void roomsThatKeepNoFilesWriteNone() {
    noClasses()
        .that(
            not(
                resideInAnyPackage(
                    HOUSE + ".results..",
                    HOUSE + ".data..",
                    HOUSE + ".export..",
                    HOUSE + ".spark..",
                    HOUSE + ".command..")))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "it changes files", (JavaAccess<?> access) -> changesFiles(access)))
        .check(CLASSES);
  }

  /**
   * In results, each method tells the write point of every change that it makes: so a fault can be
   * made at each, and the tests that do so find it by themselves.
   */
  @Test
  void noChangeToTheResultsFolderPassesTheWritePointsBy() {
    int changes = 0;
    for (JavaClass type : CLASSES) {
      if (!type.getPackageName().equals(HOUSE + ".results")) {
        continue;
      }
      for (JavaCodeUnit method : type.getCodeUnits()) {
        long made =
            method.getCallsFromSelf().stream().filter(ArchitectureTest::changesResults).count();
        long told =
            method.getCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().getSimpleName().equals("WritePoint"))
                .filter(call -> call.getName().equals("before"))
                .count();
        assertThat(told)
            .as("write points in %s", method.getFullName())
            .isGreaterThanOrEqualTo(made);
        changes += (int) made;
      }
    }
    // Folder, append, two deletes, move, write, two flushes; the lock's three and its release.
    assertThat(changes).isGreaterThanOrEqualTo(10);
  }

  /**
   * And in each method every change that is told is made, kind by kind: a flush or a rename that is
   * only announced would pass every test that listens. Opening alone is left out; the writing that
   * follows it needs it.
   */
  @Test
  void whatTheWritePointsAreToldIsDone() {
    Map<String, Set<String>> makes =
        Map.of(
            "FOLDER", Set.of("createDirectories"),
            "WRITE", Set.of("write", "writeString"),
            "SYNC", Set.of("force"),
            "RENAME", Set.of("move"),
            "DELETE", Set.of("delete", "truncate"));
    Map<String, Integer> told = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackageName().equals(HOUSE + ".results")) {
        continue;
      }
      for (JavaCodeUnit method : type.getCodeUnits()) {
        makes.forEach(
            (change, calls) -> {
              long announced =
                  method.getFieldAccesses().stream()
                      .filter(field -> field.getTargetOwner().getSimpleName().equals("Change"))
                      .filter(field -> field.getName().equals(change))
                      .count();
              long made =
                  method.getCallsFromSelf().stream()
                      .filter(ArchitectureTest::changesResults)
                      .filter(call -> calls.contains(call.getName()))
                      .count();
              if (!method.getName().equals("<clinit>") && !method.getName().equals("$values")) {
                assertThat(made).as("%s in %s", change, method.getFullName()).isEqualTo(announced);
                told.merge(change, (int) announced, Integer::sum);
              }
            });
      }
    }
    assertThat(told).allSatisfy((change, times) -> assertThat(times).as(change).isPositive());
  }

  /**
   * What deletes: in results one door, which takes nothing that does not carry our marks; elsewhere
   * three that remove the temporary file or folder that they have made themselves, by the path they
   * were given for it.
   */
  @Test
  void onlyTheDoorForItDeletes() {
    assertThat(classesThat(ArchitectureTest::deletes))
        .containsExactlyInAnyOrder(
            HOUSE + ".results.Leftovers",
            HOUSE + ".data.ImageCache",
            HOUSE + ".data.DjlImages",
            HOUSE + ".command.StepLog");
  }

  private static boolean deletes(JavaAccess<?> access) {
    return access.getName().equals("DELETE_ON_CLOSE")
        || (DELETERS.contains(access.getTargetOwner().getName())
            && access.getName().startsWith("delete"));
  }

  /**
   * Who speaks past the door to the terminal, which makes visible what others wrote: who opens it,
   * the progress of a sweep (which does so itself), our own words, and workers, whose terminal is a
   * log.
   */
  @Test
  void onlyAFewSpeakPastTheDoorToTheTerminal() {
    assertThat(
            classesThat(
                access ->
                    access.getTargetOwner().getName().equals("java.lang.System")
                        && Set.of("out", "err").contains(access.getName())))
        .containsExactlyInAnyOrder(
            HOUSE + ".Main",
            HOUSE + ".command.RunCommand",
            HOUSE + ".command.SweepReport",
            HOUSE + ".results.CodeState",
            HOUSE + ".sweep.Worker",
            HOUSE + ".sweep.WorkerInput",
            HOUSE + ".sweep.WorkerOutput",
            HOUSE + ".sweep.WorkerTask");
  }

  /** Only the lock is ever emptied, and nothing is written over. */
  @Test
  void onlyTheLockIsEmptied() {
    assertThat(
            classesThat(
                access ->
                    access.getName().equals("TRUNCATE_EXISTING")
                        || access.getTarget().getFullName().equals(TRUNCATE)))
        .containsExactly(HOUSE + ".results.FolderLock");
  }

  /**
   * In results, paths are made from words of our own and from a checked run's names alone, and who
   * reads what is in a file makes none: a name that stands there is a {@code RunFile} or damage.
   */
  @Test
  void whoReadsFilesMakesNoPathOfWhatTheySay() {
    assertThat(
            classesThat(
                access ->
                    access.getOriginOwner().getPackageName().equals(HOUSE + ".results")
                        && makesPath(access)))
        .containsExactlyInAnyOrder(
            HOUSE + ".results.CodeState",
            HOUSE + ".results.Environment",
            HOUSE + ".results.FolderLock",
            HOUSE + ".results.Leftovers",
            HOUSE + ".results.ReportFolder",
            HOUSE + ".results.RunFile",
            HOUSE + ".results.RunFolder",
            HOUSE + ".results.StoredRuns",
            HOUSE + ".results.SweepFolder");
  }

  private static boolean makesPath(JavaAccess<?> access) {
    String target = access.getTarget().getFullName();
    return target.startsWith(Path.class.getName() + ".resolve(java.lang.String")
        || target.startsWith(Path.class.getName() + ".resolveSibling(java.lang.String")
        || target.startsWith(Path.class.getName() + ".of(")
        || target.startsWith("java.nio.file.Paths.get(")
        || target.startsWith(File.class.getName() + ".<init>(");
  }

  /** Outermost classes with such an access. */
  private static Set<String> classesThat(Predicate<JavaAccess<?>> wanted) {
    return CLASSES.stream()
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(wanted)
        .map(access -> access.getOriginOwner().getName().replaceAll("\\$.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean changesResults(JavaAccess<?> access) {
    return access.getTargetOwner().getName().equals(FileChannel.class.getName())
        ? CHANNEL_WRITES.contains(access.getName())
        : changesFiles(access)
            && !access
                .getTarget()
                .getFullName()
                .contains("copy(java.nio.file.Path, java.io.OutputStream)");
  }

  private static boolean changesFiles(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    if (owner.equals(Files.class.getName())) {
      return WRITES.contains(name);
    }
    boolean descriptor = access.getTarget().getFullName().contains("java.io.FileDescriptor");
    return WRITERS.contains(owner) && (name.equals("<init>") || name.equals("open")) && !descriptor;
  }

  /** The rules can fail: training does see the penalty core. */
  @Test
  void aForbiddenArrowIsFound() {
    assertThatThrownBy(() -> seesOnly("training", List.of("spec")).check(CLASSES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("io.shrinklab.penalty");
  }
}
