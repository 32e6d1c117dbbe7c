package io.shrinklab.command;

import org.jspecify.annotations.Nullable;

/**
 * What the virtual machine ran out of.
 *
 * @param message one line: what, how much there was, what to do
 * @param code the exit code: too little memory is the command's surroundings; a stack that ends is
 *     a defect, for no file may nest that deep
 */
record Shortage(String message, int code) {

  /** The first one among an exception and its causes; null where there is none. */
  static @Nullable Shortage in(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof OutOfMemoryError) {
        return new Shortage(memory(String.valueOf(e.getMessage())), ExitCode.WRONG);
      }
      if (e instanceof StackOverflowError) {
        return new Shortage(
            "Internal error: the stack ran out. This is a mistake in the program; "
                + CommandLineInterface.VERBOSE
                + " shows where, and MAVEN_OPTS=-Xss16m allows more",
            ExitCode.INTERNAL);
      }
    }
    return null;
  }

  private static String memory(String words) {
    String what = "Out of memory (" + words.lines().findFirst().orElse("") + ")";
    return words.contains("native thread")
        ? what + ": the system allows no more threads; end other programs, or raise ulimit -u"
        : what
            + ": this process may take "
            + (Runtime.getRuntime().maxMemory() >> 20)
            + " MiB; give it more, with MAVEN_OPTS=-Xmx4g say, or ask for less: a smaller data or"
            + " experiment file";
  }
}
