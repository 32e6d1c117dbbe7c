package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether people of any colour vision can tell the variants of a chart apart. */
class PaletteTest {
  private static final double CLEAR = 10;

  @ParameterizedTest
  @CsvSource({
    // From table 1 of Sharma, Wu and Dalal (2005): both colours, and their difference.
    "50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425",
    "50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615",
    "50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412",
    "50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000",
    "50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000",
    "50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0000",
    "50, 0, 0, 50, -1, 2, 2.3669",
    "50, -1, 2, 50, 0, 0, 2.3669",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0009, 7.1792",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0010, 7.1792",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0011, 7.2195",
    "50, 2.4900, -0.0010, 50, -2.4900, 0.0012, 7.2195",
    "50, 2.5, 0, 73, 25, -18, 27.1492",
    "50, 2.5, 0, 61, -5, 29, 22.8977",
    "50, 2.5, 0, 56, -27, -3, 31.9030",
    "50, 2.5, 0, 58, 24, 15, 19.4535",
    "50, 2.5, 0, 50, 3.1736, 0.5854, 1.0000",
    "60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644",
    "63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630",
    "61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731",
    "35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645",
    "22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373",
    "36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146",
    "90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441",
    "90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381",
    "6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377",
    "2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082"
  })
  void theFormulaGivesThePublishedDifferences(
      double l1, double a1, double b1, double l2, double a2, double b2, double difference) {
    assertThat(ColourDifference.between(new double[] {l1, a1, b1}, new double[] {l2, a2, b2}))
        .isCloseTo(difference, within(0.00005));
  }

  @Test
  void aDeuteranopeSeesGreysAsTheyAreAndConfusesRedWithGreen() {
    // The rows of the matrix add up to 1, so greys stay what they are.
    assertThat(ColourDifference.deuteranope(new Color(0x808080), new Color(0xa0a0a0)))
        .isCloseTo(ColourDifference.full(new Color(0x808080), new Color(0xa0a0a0)), within(0.01));
    // A red and a green of one confusion line: far apart in full, near to a deuteranope.
    Color red = new Color(0xc05050);
    Color green = new Color(0x7d7d50);
    assertThat(ColourDifference.full(red, green)).isGreaterThan(25);
    assertThat(ColourDifference.deuteranope(red, green)).isLessThan(10);
  }

  @Test
  void blackOnWhiteHasTheContrastThatTheGuidelinesName() {
    // WCAG 2.2, definition of contrast ratio: from 1 to 21; #777777 on white is 4.48.
    assertThat(contrast(Color.BLACK, Color.WHITE)).isCloseTo(21, within(1e-9));
    assertThat(contrast(new Color(0x777777), Color.WHITE)).isCloseTo(4.48, within(0.005));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lp-ablation", "mnist-lp", "diabetes-lasso", "grouped-truth"})
  void everyLineAndPointStandsOutFromItsBackground(String name) throws Exception {
    Experiment experiment = ExperimentFile.read(Path.of("experiments", name + ".json"));
    Palette palette = new Palette(experiment);
    for (Theme theme : Theme.values()) {
      Color card = theme == Theme.LIGHT ? Color.WHITE : new Color(0x1b1f23);
      for (Variant variant : experiment.variants()) {
        // WCAG 2.2, 1.4.11: graphics that one must tell from what is beside them.
        assertThat(contrast(palette.variant(variant, theme), card))
            .as("%s, %s", variant.name(), theme)
            .isGreaterThanOrEqualTo(3);
      }
      for (int line = 0; line < 12; line++) {
        assertThat(contrast(Palette.line(line, theme), card))
            .as("line %s, %s", line, theme)
            .isGreaterThanOrEqualTo(3);
      }
    }
  }

  private static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(Color colour) {
    return 0.2126 * linear(colour.getRed())
        + 0.7152 * linear(colour.getGreen())
        + 0.0722 * linear(colour.getBlue());
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lp-ablation",
        "lp-ablation-noisy",
        "mnist-lp",
        "diabetes-lasso",
        "weight-decay",
        "sparse-truth",
        "grouped-truth",
        "ng-2004"
      })
  void anyTwoVariantsDifferByColourDashesOrMarker(String name) throws Exception {
    Experiment experiment = ExperimentFile.read(Path.of("experiments", name + ".json"));
    Palette palette = new Palette(experiment);
    List<Variant> variants = experiment.variants();
    for (Theme theme : Theme.values()) {
      for (int i = 0; i < variants.size(); i++) {
        for (int j = 0; j < i; j++) {
          Variant one = variants.get(i);
          Variant other = variants.get(j);
          if (one.setting().equals(other.setting())
              && palette.dash(one) == palette.dash(other)
              && palette.mark(one.penalty().family()) == palette.mark(other.penalty().family())) {
            assertThat(
                    ColourDifference.deuteranope(
                        palette.variant(one, theme), palette.variant(other, theme)))
                .as("%s and %s, %s", one.name(), other.name(), theme)
                .isGreaterThanOrEqualTo(CLEAR);
          }
        }
      }
    }
  }
}
