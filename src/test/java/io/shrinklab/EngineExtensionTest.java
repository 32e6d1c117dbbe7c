package io.shrinklab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.shrinklab.tensor.EngineStart;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class EngineExtensionTest {
  private static final List<NDManager> HANDED_OUT = new ArrayList<>();
  private NDManager before;

  @BeforeEach
  void open(NDManager manager) {
    before = manager;
  }

  @AfterAll
  static void allAreClosed() {
    assertThat(HANDED_OUT).hasSize(2).doesNotHaveDuplicates().noneMatch(NDManager::isOpen);
  }

  @RepeatedTest(2)
  void aTestHasAManagerOfItsOwn(NDManager manager) {
    assertThat(manager).isSameAs(before);
    assertThat(manager.isOpen()).isTrue();
    HANDED_OUT.add(manager);
  }

  @Test
  void theEngineComputesWithOneThread(Engine engine) {
    assertThat(engine.getEngineName()).isEqualTo("PyTorch");
    assertThat(JniUtils.getNumThreads()).isEqualTo(1);
  }

  @Test
  void noTestStartsTheEngineByItself() {
    noClasses()
        .that(not(type(EngineExtension.class)))
        .should()
        .callMethod(Engine.class, "getInstance")
        .orShould()
        .callMethod(NDManager.class, "newBaseManager")
        .orShould()
        .callMethod(NDManager.class, "newBaseManager", String.class)
        .orShould()
        .callMethod(EngineStart.class, "singleThreaded")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("io.shrinklab"));
  }
}
