package io.shrinklab.tensor;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;

/**
 * Starts the engine as every run needs it. The settings are read once, at the engine's start, so
 * this must come before anything else that touches it; and the thread that starts it must be the
 * one that trains (grad mode is a thread's own).
 */
public final class EngineStart {
  /**
   * Threads that one operation may use: one, so that results don't depend on the number of cores.
   */
  public static final int THREADS = 1;

  private EngineStart() {}

  /**
   * Starts the engine with one thread, or gives the one that runs.
   *
   * @throws IllegalStateException when it cannot be started: its native libraries cannot be
   *     unpacked, say
   */
  public static Engine singleThreaded() {
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(THREADS));
    System.setProperty("ai.djl.pytorch.num_interop_threads", Integer.toString(THREADS));
    // Nobody asked for a call home, and without a network it delays the start.
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      return Engine.getInstance();
    } catch (EngineException e) {
      throw new IllegalStateException(
          "PyTorch cannot be started. Its libraries are unpacked to "
              + Utils.getEngineCacheDir()
              + "; the environment variable DJL_CACHE_DIR names another folder",
          e);
    }
  }
}
