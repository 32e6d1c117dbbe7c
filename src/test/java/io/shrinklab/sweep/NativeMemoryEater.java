package io.shrinklab.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Uses up memory outside the Java heap, in a process that may die of it. */
final class NativeMemoryEater {
  private static final List<Object> HOARD = new ArrayList<>();

  private NativeMemoryEater() {}

  /** Direct buffers, to the limit that Java sets them. */
  static void buffers() {
    while (true) {
      HOARD.add(ByteBuffer.allocateDirect(1 << 20));
    }
  }

  /** A thread for whose stack no machine has room: 2 to the 50 bytes. */
  static void thread() {
    new Thread(null, () -> {}, "with a large stack", 1L << 50).start();
  }

  /**
   * All that the system grants, to the last 16 bytes; then what the virtual machine itself needs.
   */
  static void everything() throws IOException, InterruptedException {
    // The thread that waits for the limit's setter needs some, too.
    ProcessLimit.ADDRESSES.set(ProcessLimit.addresses() + (16 << 20));
    int size = 1 << 20;
    while (size >= 16) {
      try {
        HOARD.add(ByteBuffer.allocateDirect(size));
      } catch (OutOfMemoryError e) {
        // The rest, in smaller pieces.
        size /= 2;
      }
    }
    // The table of these lies in the virtual machine's own memory.
    for (int i = 0; ; i++) {
      HOARD.add(("text " + i).intern());
    }
  }
}
