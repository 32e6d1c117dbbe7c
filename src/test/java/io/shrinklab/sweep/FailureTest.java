package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of libtorch 2.7 (alloc_cpu.cpp), OpenJDK 17 and later, and the C++ library. */
class FailureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory:"
            + " you tried to allocate 64 bytes. Error code 12 (Cannot allocate memory)",
        "[enforce fail at alloc_cpu.cpp:121] data. DefaultCPUAllocator: not enough memory: you"
            + " tried to allocate 64 bytes.",
        "std::bad_alloc",
        "bad allocation",
        "Cannot run program \"git\": error=12, Cannot allocate memory",
      })
  void nativeMemoryThatRanOutIsKnownByItsWords(String message) {
    for (Throwable thrown :
        List.of(
            new IllegalStateException(message),
            new IllegalArgumentException("wrapped", new IOException(message)))) {
      Failure failure = Failure.of(thrown);
      assertThat(failure.reason())
          .startsWith("Out of native memory: ")
          .doesNotContain("enforce fail")
          .endsWith("Fewer --jobs leave more for each run; a smaller network or batch needs less");
      assertThat(failure.worn()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cannot reserve 64 bytes of direct buffer memory (allocated: 8, limit: 8)",
        "Direct buffer memory",
        "unable to create native thread: possibly out of memory or process/resource limits reached",
        "Map failed",
        "Unable to allocate 64 bytes",
      })
  void anOutOfMemoryErrorNeedNotBeOfTheHeap(String message) {
    assertThat(Failure.of(new OutOfMemoryError(message)).reason())
        .startsWith("Out of native memory: " + message + ". Fewer --jobs");
  }

  @Test
  void theHeapHasItsOwnAdvice() {
    Failure failure =
        Failure.of(new IllegalStateException(new OutOfMemoryError("Java heap space")));
    assertThat(failure.reason())
        .matches(
            "Out of memory: Java heap space\\. This worker's heap has at most \\d+ MiB; fewer --jobs"
                + " give each worker more, a smaller network or less data needs less");
    assertThat(failure.worn()).isTrue();
  }

  @Test
  void anyOtherFailureIsItsFirstLineAndThatOfItsFirstCause() {
    Exception cause = new IOException("No space left on device\nmore");
    Failure failure =
        Failure.of(new IllegalStateException("cannot load\nmore", new RuntimeException(cause)));
    assertThat(failure.reason())
        .isEqualTo("IllegalStateException: cannot load (IOException: No space left on device)");
    assertThat(failure.worn()).isFalse();
    assertThat(Failure.of(new UnsatisfiedLinkError("djl_torch")).worn()).isTrue();
  }

  @Test
  void theLastWordsOfAProcessWithoutMemoryAreKnown() {
    assertThat(
            NativeMemory.shortage(
                List.of(
                    "# There is insufficient memory for the Java Runtime Environment to continue.",
                    "# Native memory allocation (mmap) failed to map 64 bytes. Error detail: x")))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .startsWith(
                        "Out of native memory: Native memory allocation (mmap) failed to map 64"
                            + " bytes. Fewer --jobs"));
    assertThat(
            NativeMemory.shortage(
                List.of("terminate called after throwing an instance of 'std::bad_alloc'")))
        .isPresent();
    assertThat(NativeMemory.shortage(List.of("# SIGSEGV (0xb) at pc=0x0"))).isEmpty();
  }
}
