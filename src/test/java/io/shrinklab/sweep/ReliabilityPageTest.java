package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The page of faults says no more and no less than the tests do. */
class ReliabilityPageTest {
  private static final Path PAGE = Path.of("docs/reliability.md");

  /** Every test in these is a fault, and so a row. */
  private static final List<String> ALL_FAULTS =
      List.of(
          "io.shrinklab.sweep.FaultTest",
          "io.shrinklab.sweep.CohortFaultTest",
          "io.shrinklab.sweep.NativeMemoryTest",
          "io.shrinklab.sweep.ResumeTest",
          "io.shrinklab.command.KilledSweepTest",
          "io.shrinklab.command.KilledAtWritePointTest",
          "io.shrinklab.command.RealDiskTest",
          "io.shrinklab.command.ResumedSelectionTest",
          "io.shrinklab.command.UnusableRunsTest",
          "io.shrinklab.command.InterruptedReportTest",
          "io.shrinklab.command.ForeignLocaleTest",
          "io.shrinklab.tensor.CacheFolderTest",
          "io.shrinklab.results.NothingForeignIsTouchedTest",
          "io.shrinklab.results.ForgedRunTest",
          "io.shrinklab.results.WritePointTest",
          "io.shrinklab.results.FolderLockTest",
          "io.shrinklab.fuzz.ExperimentFuzzTest",
          "io.shrinklab.fuzz.TableFuzzTest",
          "io.shrinklab.fuzz.NpzFuzzTest",
          "io.shrinklab.fuzz.IdxFuzzTest",
          "io.shrinklab.fuzz.ImageFuzzTest",
          "io.shrinklab.fuzz.ResultsFuzzTest");

  /** Some tests in these are. */
  private static final List<String> SOME_FAULTS =
      List.of(
          "io.shrinklab.sweep.SweepTest",
          "io.shrinklab.sweep.RemoteSweepTest",
          "io.shrinklab.results.ReceivedRunTest",
          "io.shrinklab.sweep.WorkerContractTest",
          "io.shrinklab.command.LivePageTest",
          "io.shrinklab.command.UnchangedReportTest",
          "io.shrinklab.command.RerunCommandTest",
          "io.shrinklab.command.CommandLineTest",
          "io.shrinklab.command.OwnClassesTest",
          "io.shrinklab.command.ShortageTest",
          "io.shrinklab.command.SweepProgressTest",
          "io.shrinklab.spec.VisibleTest",
          "io.shrinklab.experiment.BadFileTest",
          "io.shrinklab.experiment.ExperimentFolderTest",
          "io.shrinklab.data.ClassFoldersTest",
          "io.shrinklab.data.NpzImagesTest",
          "io.shrinklab.data.UserTableTest",
          "io.shrinklab.data.WrongClassesTest",
          "io.shrinklab.results.CoefficientsCsvTest",
          "io.shrinklab.training.NpzTest",
          "io.shrinklab.export.MlflowExportTest",
          "io.shrinklab.export.MlflowFeedTest",
          "io.shrinklab.export.TensorBoardExportTest",
          "io.shrinklab.command.RunToMlflowTest",
          "io.shrinklab.results.SweepFolderTest");

  private static List<String> rows() throws IOException {
    List<String> tests = new ArrayList<>();
    Pattern row = Pattern.compile("\\|[^|]+\\|[^|]+\\| `(\\w+\\.\\w+)` \\|");
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("|") && !line.startsWith("| Fault") && !line.startsWith("| ---")) {
        Matcher matcher = row.matcher(line);
        assertThat(matcher.matches()).as("a row names one test at its end: %s", line).isTrue();
        tests.add(matcher.group(1));
      }
    }
    return tests;
  }

  private static Set<String> tests(List<String> classes) throws ClassNotFoundException {
    Set<String> tests = new TreeSet<>();
    for (String name : classes) {
      Class<?> type = Class.forName(name);
      for (Method method : type.getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)
            || method.isAnnotationPresent(ParameterizedTest.class)) {
          tests.add(type.getSimpleName() + "." + method.getName());
        }
      }
    }
    return tests;
  }

  @Test
  void everyRowNamesATestAndEachOnlyOnce() throws Exception {
    Set<String> known = tests(ALL_FAULTS);
    known.addAll(tests(SOME_FAULTS));
    assertThat(rows()).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(known);
  }

  @Test
  void everyFaultThatIsTriedHasItsRow() throws Exception {
    assertThat(rows()).containsAll(tests(ALL_FAULTS));
  }
}
