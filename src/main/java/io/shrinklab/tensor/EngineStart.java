package io.shrinklab.tensor;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts the engine as every run needs it. The settings are read once, at the engine's start, so
 * this must come before anything else that touches it.
 */
public final class EngineStart {
  /**
   * Threads that one operation may use: one, so that results don't depend on the number of cores.
   */
  public static final int THREADS = 1;

  /**
   * Where a library of the engine's unpacks one of its own: without a home a place known to all.
   */
  private static final String JNA_PLACE = "jna.tmpdir";

  private EngineStart() {}

  /** The engine cannot be had here; the message says why, and what to do. */
  public static final class Unusable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Starts the engine with one thread, or gives the one that runs.
   *
   * @throws Unusable when it cannot be started: its native libraries cannot be unpacked, say, or
   *     others could have put theirs in their place
   */
  public static Engine singleThreaded() {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(THREADS));
    System.setProperty("ai.djl.pytorch.num_interop_threads", Integer.toString(THREADS));
    // Nobody asked for a call home, and without a network it delays the start.
    System.setProperty("OPT_OUT_TRACKING", "true");
    Path libraries = Utils.getEngineCacheDir();
    try {
      CacheFolder.requireOwn(libraries);
    } catch (IOException e) {
      throw new Unusable("PyTorch is not started: " + e.getMessage(), e);
    }
    if (System.getProperty(JNA_PLACE) == null
        && !Files.isWritable(Path.of(System.getProperty("user.home")))) {
      System.setProperty(JNA_PLACE, libraries.resolve("jna").toString());
    }
    try {
      return Engine.getInstance();
    } catch (EngineException e) {
      throw new Unusable(
          "PyTorch cannot be started. Its libraries are unpacked to "
              + libraries
              + "; the environment variable DJL_CACHE_DIR names another folder",
          e);
    }
  }
}
