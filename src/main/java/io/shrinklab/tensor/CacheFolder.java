package io.shrinklab.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is used again by later processes. Its place is known to all users of a machine:
 * where one of them could have made it first, or can write into it, he chooses what code is run, or
 * what is trained on. Without a home DJL takes such a place, below that of temporary files.
 */
public final class CacheFolder {
  private static final Path OWN_PROCESS = Path.of("/proc/self");
  private static final String ROOT = "root";

  private CacheFolder() {}

  /**
   * Refuses a folder that others could have filled.
   *
   * @param folder need not be there; then the one that it will be made in is looked at
   * @throws IOException when it is not this user's; the message says what to do
   */
  public static void requireOwn(Path folder) throws IOException {
    Path at = folder.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    if (!at.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    PosixFileAttributes found = Files.readAttributes(at, PosixFileAttributes.class);
    String remedy =
        "; make a folder that you alone can write, and name it in the environment variable"
            + " DJL_CACHE_DIR";
    if (found.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          folder + " is no safe place, since every user can write " + at + remedy);
    }
    UserPrincipal me = me(at);
    if (me != null && !found.owner().equals(me) && !found.owner().getName().equals(ROOT)) {
      throw new IOException(
          folder
              + " is no safe place, since "
              + at
              + " is "
              + found.owner().getName()
              + "'s"
              + remedy);
    }
  }

  /** Null where nobody knows. */
  private static @Nullable UserPrincipal me(Path at) {
    try {
      return Files.exists(OWN_PROCESS)
          ? Files.getOwner(OWN_PROCESS)
          : at.getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByName(System.getProperty("user.name", ""));
    } catch (IOException e) {
      return null;
    }
  }
}
