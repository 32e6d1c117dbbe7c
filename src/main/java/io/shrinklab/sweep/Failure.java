package io.shrinklab.sweep;

import java.util.Optional;

/**
 * What it means to a sweep that training threw something.
 *
 * @param reason one line for people
 * @param worn whether the process should not be trusted with another run
 */
record Failure(String reason, boolean worn) {

  /** Judges an exception with its causes. */
  static Failure of(Throwable thrown) {
    Optional<String> shortage = Optional.empty();
    for (Throwable e = thrown; e != null && shortage.isEmpty(); e = e.getCause()) {
      shortage = shortage(e);
    }
    boolean worn =
        shortage.isPresent()
            || thrown instanceof VirtualMachineError
            || thrown instanceof LinkageError;
    return new Failure(shortage.orElseGet(() -> describe(thrown)), worn);
  }

  private static Optional<String> shortage(Throwable e) {
    Optional<String> outside = NativeMemory.shortage(e);
    return outside.isEmpty() && e instanceof OutOfMemoryError ? Optional.of(heap(e)) : outside;
  }

  private static String heap(Throwable e) {
    return "Out of memory: "
        + e.getMessage()
        + ". This worker's heap has at most "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB; fewer --jobs give each worker more, a smaller network or less data needs less";
  }

  /** The first line, and of the first cause, which often knows more: a full disk, say. */
  private static String describe(Throwable thrown) {
    Throwable first = thrown;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String cause = first == thrown ? "" : line(first);
    String text = line(thrown);
    return cause.isEmpty() || text.contains(cause) ? text : text + " (" + cause + ")";
  }

  private static String line(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }
}
