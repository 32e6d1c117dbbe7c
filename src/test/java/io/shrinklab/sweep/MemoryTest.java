package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
  @Test
  void residentMemoryIsReadInKibibytes() {
    assertThat(Memory.residentIn(List.of("Name:\tjava", "VmHWM:\t 9 kB", "VmRSS:\t    100 kB")))
        .isEqualTo(102_400);
    assertThatThrownBy(() -> Memory.residentIn(List.of("Name:\tjava")))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void thisProcessHoldsSomeMemoryAndLessThanThereIs() {
    assertThat(Memory.resident()).isGreaterThan(1 << 20).isLessThan(Memory.physical());
  }
}
