package io.shrinklab.sweep;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells by its words that memory outside the Java heap ran out: libtorch, the C++ library and the
 * virtual machine each have their own, and no type of exception is kept for it.
 */
final class NativeMemory {
  /** What a user can do about it. */
  private static final String ADVICE =
      ". Fewer --jobs leave more for each run; a smaller network or batch needs less";

  /** Of exceptions of any type: libtorch's allocator (Unix, Windows), C++, the C library. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "\\w+: (?:can't allocate|not enough) memory.*"
              + "|std::bad_alloc.*|bad allocation.*|Cannot allocate memory.*");

  /** Of an {@link OutOfMemoryError} that is not about the heap: buffers, threads, mapped files. */
  private static final Pattern OFF_HEAP =
      Pattern.compile(
          ".*direct buffer memory.*|.*native thread.*|Map failed.*|Unable to allocate.*",
          Pattern.CASE_INSENSITIVE);

  /** Last words of a process: of a virtual machine that gets no memory for itself, and of C++. */
  private static final Pattern LAST_WORDS =
      Pattern.compile(
          "(?<=# )Native memory allocation \\(\\w+\\) failed [^.]*"
              + "|(?<=after throwing an instance of ')std::bad_alloc");

  private NativeMemory() {}

  /** The shortage that an exception tells of, as a run's reason; empty for any other. */
  static Optional<String> shortage(Throwable thrown) {
    Pattern words = thrown instanceof OutOfMemoryError ? OFF_HEAP : REFUSED;
    return find(words, String.valueOf(thrown.getMessage()));
  }

  /** The shortage that ended a process, by lines of its crash report or of its log. */
  static Optional<String> shortage(List<String> lines) {
    return lines.stream().flatMap(line -> find(LAST_WORDS, line).stream()).findFirst();
  }

  private static Optional<String> find(Pattern words, String text) {
    Matcher matcher = words.matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return Optional.of("Out of native memory: " + matcher.group().strip() + ADVICE);
  }
}
