package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormatsTest {

  @Test
  void thresholdsAreSaidAsTheyAreCounted() {
    assertThat(Formats.INTERVAL).isEqualTo("95 % interval");
    assertThat(Formats.percent(0.05)).isEqualTo("5 %");
    assertThat(Formats.percent(0.125)).isEqualTo("12.5 %");
    assertThat(Formats.chance(0.8)).isEqualTo("four times out of five");
    assertThat(Formats.chance(0.9)).isEqualTo("nine times out of ten");
    assertThat(Formats.chance(0.95)).isEqualTo("95 % of the time");
  }

  @Test
  void namesAreListedUpToAPointAndThenCounted() {
    assertThat(Formats.some(List.of("a"), 3)).isEqualTo("a");
    assertThat(Formats.some(List.of("a", "b", "c"), 3)).isEqualTo("a, b and c");
    assertThat(Formats.some(List.of("a", "b", "c", "d"), 3)).isEqualTo("a, b, c and 1 more");
    assertThat(Formats.some(List.of("a", "b", "c", "d", "e"))).isEqualTo("a, b, c, d, e");
  }
}
