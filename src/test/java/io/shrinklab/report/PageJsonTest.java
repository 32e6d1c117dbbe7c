package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers of curves, held against exact decimal arithmetic. */
final class PageJsonTest {
  private static final MathContext FIVE = new MathContext(5);

  private static List<String> written(List<Double> numbers) {
    String json = PageJson.text(numbers);
    return Arrays.asList(json.substring(1, json.length() - 1).split(","));
  }

  private static String exact(double number) {
    return new BigDecimal(number).round(FIVE).stripTrailingZeros().toString();
  }

  @Test
  void numbersInListsHaveFiveDigitsRoundedAsTheExactDecimalsAre() {
    List<Double> numbers = new ArrayList<>();
    Random random = new Random(7);
    for (int power = -30; power <= 30; power++) {
      for (int i = 0; i < 200; i++) {
        numbers.add((random.nextDouble() - 0.5) * Math.pow(10, power));
        // Halves of the last digit, and what is next to them.
        double half = (10_000 + random.nextInt(90_000) + 0.5) * Math.pow(10, power);
        numbers.addAll(List.of(half, Math.nextUp(half), Math.nextDown(half)));
      }
    }
    assertThat(written(numbers)).isEqualTo(numbers.stream().map(PageJsonTest::exact).toList());
  }

  @Test
  void bordersOfFiveDigitsAndOfWhatADoubleHolds() {
    List<Double> numbers =
        List.of(
            0.0,
            -0.0,
            1.0,
            -1.0,
            99_999.0,
            99_999.4,
            99_999.5,
            99_999.6,
            0.99999,
            0.999995,
            100.0,
            1e5,
            1e22,
            1e-22,
            1e300,
            1e-300,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            0.1,
            0.5,
            0.00025);
    assertThat(written(numbers)).isEqualTo(numbers.stream().map(PageJsonTest::exact).toList());
  }

  @Test
  void noNumberIsNull() {
    assertThat(written(List.of(Double.NaN, Double.POSITIVE_INFINITY, 2.0)))
        .containsExactly("null", "null", "2");
  }

  @Test
  void nothingInItEndsAScriptElement() {
    assertThat(PageJson.embeddable(PageJson.text(List.of("</script><!--&\u2028"))))
        .isEqualTo("[\"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028\"]");
  }
}
