package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinnedLineTest {

  private static ThinnedLine line(int most, double... values) {
    ThinnedLine line = new ThinnedLine(most);
    for (double value : values) {
      line.add(value);
    }
    return line;
  }

  @Test
  void keepsEveryValueWhileThereIsRoom() {
    ThinnedLine line = line(4, 3, 1, 4, 1);
    assertThat(line.stride()).isEqualTo(1);
    assertThat(line.means()).containsExactly(3.0, 1.0, 4.0, 1.0);
    assertThat(line.lows()).isEqualTo(line.means());
    assertThat(line.highs()).isEqualTo(line.means());
  }

  /** The fifth value joins neighbours: (3, 1), (4, 1), and 5 alone. */
  @Test
  void joinsNeighboursAndKeepsTheirExtremes() {
    ThinnedLine line = line(4, 3, 1, 4, 1, 5);
    assertThat(line.stride()).isEqualTo(2);
    assertThat(line.means()).containsExactly(2.0, 2.5, 5.0);
    assertThat(line.lows()).containsExactly(1.0, 1.0, 5.0);
    assertThat(line.highs()).containsExactly(3.0, 4.0, 5.0);
  }

  @Test
  void noNumberIsLeftOutAndHidesNone() {
    ThinnedLine line = line(4, Double.NaN, 2, Double.NEGATIVE_INFINITY, Double.NaN, Double.NaN, -6);
    assertThat(line.means()).containsExactly(2.0, Double.NaN, -6.0);
    assertThat(line.lows()).containsExactly(2.0, Double.NaN, -6.0);
    assertThat(line.highs()).containsExactly(2.0, Double.NaN, -6.0);
    assertThat(line.mean(0, 6)).isEqualTo(-2);
    assertThat(line.mean(2, 4)).isNaN();
  }

  /** One outlier among 100,000 is still seen, and the mean of all is exact. */
  @Test
  void aHundredThousandValuesTakeAThousandPlaces() {
    ThinnedLine line = new ThinnedLine(1200);
    IntStream.range(0, 100_000).forEach(i -> line.add(i == 77_777 ? 1e6 : i));
    // 1200 * 2^7 = 153,600 is the first that is enough.
    assertThat(line.stride()).isEqualTo(128);
    assertThat(line.means()).hasSize(782);
    assertThat(line.highs().get(77_777 / 128)).isEqualTo(1e6);
    assertThat(line.lows().get(0)).isZero();
    assertThat(line.mean(0, 100_000)).isEqualTo((99_999.0 * 50_000 - 77_777 + 1e6) / 100_000);
  }
}
