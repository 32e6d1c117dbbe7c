package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class IoReasonTest {
  @Test
  void exceptionsWithoutWordsGetSome() {
    assertThat(IoReason.of(new EOFException())).isEqualTo("it ends too early");
    assertThat(IoReason.of(new NoSuchFileException("a/b.png"))).isEqualTo("b.png is missing");
    assertThat(IoReason.of(new AccessDeniedException("a/b"))).isEqualTo("a/b: permission denied");
    assertThat(IoReason.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }
}
