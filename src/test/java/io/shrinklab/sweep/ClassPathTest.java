package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir Path folder;

  @Test
  void aLoaderThatKnowsItsPlacesIsAskedAsUnderMaven() throws Exception {
    Path classes = folder.resolve("with space");
    Path jar = folder.resolve("ü.jar");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL(), jar.toUri().toURL()})) {
      assertThat(ClassPath.of(loader, "launcher.jar"))
          .isEqualTo(classes + File.pathSeparator + jar);
    }
  }

  @Test
  void elsewhereThePropertyIsRight() {
    assertThat(ClassPath.of(ClassLoader.getPlatformClassLoader(), "a.jar")).isEqualTo("a.jar");
  }
}
