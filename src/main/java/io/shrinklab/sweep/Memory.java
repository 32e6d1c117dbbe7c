package io.shrinklab.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory there is and how much this process holds. */
final class Memory {
  /** Size of the pages that {@code statm} counts, on the systems that have it. */
  private static final long PAGE = 4096;

  private Memory() {}

  /** Bytes of this process in memory, native ones too where the system tells, else the heap's. */
  static long resident() {
    try {
      return residentOf(Files.readString(Path.of("/proc/self/statm")));
    } catch (IOException | NumberFormatException e) {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  /** The second number of {@code statm}: resident pages. */
  static long residentOf(String statm) {
    String[] pages = statm.strip().split(" ", -1);
    if (pages.length < 2) {
      throw new NumberFormatException("statm: " + statm);
    }
    return Long.parseLong(pages[1]) * PAGE;
  }

  /** Bytes of memory in this machine. */
  static long physical() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory() * 4;
  }
}
