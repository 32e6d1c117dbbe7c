package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.shrinklab.spec.Check;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Doc;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.StrengthSchedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of every specification: how it is read, what it answers, where it is described. */
class KindsTest {
  /** The first cell of a table's row, where it is a word of code. */
  private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|");

  /** Where the documentation has the table of a specification's kinds. */
  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of(DataSpec.class, "docs/data.md", "## Data kinds"),
        Arguments.of(NetworkSpec.class, "docs/data.md", "## Networks"),
        Arguments.of(OptimizerSpec.class, "docs/optimizers.md", "## Kinds"),
        Arguments.of(LearningRateSchedule.class, "docs/optimizers.md", "## Schedules"),
        Arguments.of(PenaltySpec.class, "docs/penalties.md", "## Kinds"),
        Arguments.of(StrengthSchedule.class, "docs/penalties.md", "## Schedules"));
  }

  static Stream<Class<?>> specifications() {
    return tables().map(table -> (Class<?>) table.get()[0]);
  }

  @Test
  void theseAreAllSpecificationsThatHaveKinds() {
    List<Class<?>> sealed = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(DataSpec.class.getPackageName())) {
      if (type.isTopLevelClass() && type.reflect().isSealed()) {
        sealed.add(type.reflect());
      }
    }
    assertThat(specifications().toList()).containsExactlyInAnyOrderElementsOf(sealed);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void eachKindHasItsRowInTheDocumentation(Class<?> specification, String file, String heading)
      throws Exception {
    List<String> rows =
        Files.readString(Path.of(file))
            .lines()
            .dropWhile(line -> !line.equals(heading))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .map(ROW::matcher)
            .filter(Matcher::find)
            .map(row -> row.group(1))
            .toList();
    assertThat(rows)
        .as("%s, %s", file, heading)
        .containsExactlyInAnyOrderElementsOf(
            KindTable.kinds(specification).stream().map(KindTable::name).toList());
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void eachKindIsReadAsItIsWritten(Class<?> specification) {
    KindShape shape = KindShape.of(specification);
    for (Object spec : Kinds.of(specification, KindsTest.class.getName())) {
      JsonNode written = shape.write(spec);
      Problems problems = new Problems();
      Reading reading = Reading.whole(problems, Origins.SAME);
      assertThat(shape.read(written, Place.ROOT, reading)).isEqualTo(spec);
      assertThat(problems.list()).isEmpty();
      assertThat(shape.canonical(spec)).contains(KindTable.name(spec.getClass()));
    }
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void eachKindAndEachOfItsKeysSaysWhatItMeans(Class<?> specification) {
    for (Class<?> kind : KindTable.kinds(specification)) {
      assertThat(kind.getAnnotation(Doc.class)).as(kind.getName()).isNotNull();
      var definitions = JsonNodeFactory.instance.objectNode();
      RecordShape.of(kind).schema(definitions);
      JsonNode keys =
          definitions
              .path(kind.getEnclosingClass().getSimpleName() + "." + kind.getSimpleName())
              .path("properties");
      Arrays.stream(kind.getRecordComponents())
          .forEach(
              component ->
                  assertThat(keys.path(component.getName()).path("description").asText())
                      .as("%s of %s", component.getName(), kind.getName())
                      .isNotEmpty()
                      .isNotEqualTo("Needed, here or from a grid."));
    }
  }

  @Test
  void eachPenaltyWithAScopeCanBePutOnOtherParameters() {
    for (PenaltySpec penalty : Kinds.of(PenaltySpec.class, KindsTest.class.getName())) {
      boolean chooses =
          Arrays.stream(penalty.getClass().getRecordComponents())
              .anyMatch(component -> component.getName().equals("scope"));
      PenaltySpec.Scope expected = chooses ? PenaltySpec.Scope.ALL : penalty.scope();
      PenaltySpec moved = penalty.withScope(PenaltySpec.Scope.ALL);
      assertThat(moved.scope()).as(penalty.toString()).isEqualTo(expected);
      assertThat(moved.withScope(penalty.scope())).isEqualTo(penalty);
    }
  }

  @Test
  void eachNetworkAnswersWhetherItFitsEachKindOfData() {
    for (NetworkSpec network : Kinds.of(NetworkSpec.class, KindsTest.class.getName())) {
      for (DataSpec data : Kinds.of(DataSpec.class, "")) {
        List<String> problems = new ArrayList<>();
        Check.Reporter reporter = (key, found, allowed) -> problems.add(key + " " + found);
        network.checkWith(data, reporter);
        boolean table =
            data instanceof DataSpec.Csv
                || data instanceof DataSpec.Diabetes
                || data instanceof DataSpec.Synthetic;
        boolean images =
            network instanceof NetworkSpec.Cnn || network instanceof NetworkSpec.ResNet;
        String name = KindTable.name(network.getClass());
        assertThat(problems)
            .as("%s on %s", network, data)
            .isEqualTo(table && images ? List.of("kind " + name) : List.of());
      }
    }
  }
}
