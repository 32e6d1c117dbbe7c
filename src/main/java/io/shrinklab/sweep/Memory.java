package io.shrinklab.sweep;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory there is and how much this process holds. */
final class Memory {
  private static final String RESIDENT = "VmRSS:";

  private Memory() {}

  /** Bytes of this process in memory, native ones too where the system tells, else the heap's. */
  static long resident() {
    try {
      return residentIn(Files.readAllLines(Path.of("/proc/self/status")));
    } catch (IOException | NumberFormatException e) {
      Runtime runtime = Runtime.getRuntime();
      return runtime.totalMemory() - runtime.freeMemory();
    }
  }

  /** The line {@code VmRSS: 1234 kB}, which is in kibibytes whatever the system's page size. */
  static long residentIn(List<String> status) {
    for (String line : status) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new NumberFormatException("no " + RESIDENT);
  }

  /** Bytes of memory in this machine. */
  static long physical() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory() * 4;
  }
}
