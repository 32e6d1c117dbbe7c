package io.shrinklab.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shrinklab.Main;
import io.shrinklab.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries and data sets are taken from nowhere that another user could have filled. */
class CacheFolderTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsPermissions() {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "no such permissions here: no folder is everybody's");
  }

  private Path made(String name, String permissions) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void aFolderThatEverybodyCanWriteIsRefusedAndSoIsOneThatWouldBeMadeThere() throws Exception {
    Path shared = made("shared", "rwxrwxrwx");
    assertThatThrownBy(() -> CacheFolder.requireOwn(shared))
        .hasMessage(
            "%s is no safe place, since every user can write %s; make a folder that you alone can write, and name it in the environment variable DJL_CACHE_DIR"
                .formatted(shared, shared));
    assertThatThrownBy(() -> CacheFolder.requireOwn(shared.resolve("a/b")))
        .hasMessageContaining("since every user can write " + shared + ";");
    Path own = Files.createDirectory(shared.resolve("own"));
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxr-x"));
    CacheFolder.requireOwn(own);
    CacheFolder.requireOwn(own.resolve("a/b"));
  }

  @Test
  void anotherUsersFolderIsRefused() throws Exception {
    Path theirs = made("theirs", "rwxr-xr-x");
    try {
      UserPrincipal nobody =
          theirs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      Files.setOwner(theirs, nobody);
    } catch (IOException e) {
      assumeTrue(false, "this user cannot give a folder away: " + e.getMessage());
    }
    assertThatThrownBy(() -> CacheFolder.requireOwn(theirs.resolve("x")))
        .hasMessageContaining("since " + theirs + " is nobody's; make a folder");
  }

  /**
   * Where DJL takes that of temporary files: here the home is a file, which nobody can write in.
   */
  @Test
  void withoutAHomeTheEngineIsNotUnpackedWhereEverybodyCanWrite() throws Exception {
    assumeTrue(
        System.getenv("DJL_CACHE_DIR") == null && System.getenv("ENGINE_CACHE_DIR") == null,
        "the engine's place is given from outside");
    Path temporary = made("temporary", "rwxrwxrwx");
    Path experiments = Files.createDirectory(folder.resolve("experiments"));
    Files.copy(Path.of("experiments/smoke.json"), experiments.resolve("smoke.json"));
    List<String> said =
        JavaProcess.run(
            folder,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + folder.resolve("nowhere"),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                JavaProcess.classPath(),
                Main.class.getName(),
                "rerun",
                "smoke",
                "none"));
    assertThat(said)
        .anyMatch(
            line ->
                line.startsWith(
                    "PyTorch is not started: "
                        + temporary.resolve(".djl.ai")
                        + " is no safe place, since every user can write "
                        + temporary))
        .last()
        .isEqualTo("exit code 2");
    assertThat(temporary).isEmptyDirectory();
  }
}
