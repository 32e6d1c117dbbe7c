package io.shrinklab.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.testing.JavaProcess;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose commit it is: the program's own, never that of a checkout in which it lies. */
class CodeStateTest {
  private static final String CLASSES = "io/shrinklab/results/";
  private static final List<String> NOBODY_KNOWS =
      List.of("commit=unknown", "dirty=null", "exit code 0");

  /** A user's checkout with a commit of its own, and a build file. */
  @TempDir private Path checkout;

  private Path classes() throws Exception {
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    JavaProcess.run(checkout, List.of("git", "init", "-q"));
    JavaProcess.run(checkout, List.of("git", "add", "pom.xml"));
    JavaProcess.run(
        checkout,
        List.of("git", "-c", "user.name=u", "-c", "user.email=u@u", "commit", "-q", "-m", "u"));
    Path folder = Files.createDirectories(checkout.resolve("target/classes").resolve(CLASSES));
    for (String name : List.of("CodeState", "Environment")) {
      Files.copy(
          Path.of("target/classes", CLASSES, name + ".class"), folder.resolve(name + ".class"));
    }
    return checkout.resolve("target/classes");
  }

  private List<String> printed(Path place) throws Exception {
    return JavaProcess.java(
        checkout, place + File.pathSeparator + JavaProcess.classPath(), CodeState.class.getName());
  }

  @Test
  void classesInAnothersCheckoutDoNotTakeItsCommit() throws Exception {
    assertThat(printed(classes())).isEqualTo(NOBODY_KNOWS);
  }

  @Test
  void aJarHasTheCommitThatItWasBuiltFrom() throws Exception {
    assertThat(printed(jar("commit=c0ffee\ndirty=false\n")))
        .containsExactly("commit=c0ffee", "dirty=false", "exit code 0");
    assertThat(printed(jar("commit=c0ffee\ndirty=true\n")))
        .containsExactly("commit=c0ffee", "dirty=true", "exit code 0");
  }

  @Test
  void ofAJarThatWasBuiltWithoutGitNobodyKnows() throws Exception {
    assertThat(printed(jar("commit=unknown\ndirty=null\n"))).isEqualTo(NOBODY_KNOWS);
  }

  private Path jar(String recorded) throws Exception {
    Path classes = classes();
    Path jar = checkout.resolve("shrinklab.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : List.of("CodeState", "Environment")) {
        out.putNextEntry(new JarEntry(CLASSES + name + ".class"));
        Files.copy(classes.resolve(CLASSES + name + ".class"), out);
      }
      out.putNextEntry(new JarEntry(CLASSES + "code.properties"));
      out.write(recorded.getBytes(StandardCharsets.UTF_8));
    }
    // Without those of the user's own folder before it.
    for (String name : List.of("CodeState", "Environment")) {
      Files.delete(classes.resolve(CLASSES + name + ".class"));
    }
    return jar;
  }

  @Test
  void whoDoesNotKnowTheCommitDoesNotKnowOfChanges() {
    CodeState here = CodeState.of(Path.of("target/classes").toAbsolutePath());
    assertThat(here.dirty() == null).isEqualTo(here.commit().equals(Environment.UNKNOWN));
  }
}
