package io.shrinklab.report;

import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Colours, markers and dashes of an experiment's variants, the same on the page and in the charts.
 * A family has a hue (after Okabe and Ito 2008) and a marker, its strengths a lightness and dashes;
 * the variants without a penalty are neutral. Hues of one lightness are not told apart by everyone,
 * so whoever draws lines of variants draws the marker and the dashes too.
 */
final class Palette {

  /** The background that a colour must stand out from. */
  enum Theme {
    LIGHT,
    DARK
  }

  /** Shapes that both chart libraries draw. */
  enum Mark {
    CIRCLE("circle", "M5 0A5 5 0 1 1 5 10A5 5 0 1 1 5 0Z"),
    TRIANGLE("triangle", "M5 0L10 10L0 10Z"),
    DIAMOND("diamond", "M5 0L10 5L5 10L0 5Z"),
    SQUARE("rect", "M0.5 0.5L9.5 0.5L9.5 9.5L0.5 9.5Z"),
    TRIANGLE_DOWN("path://M0 0L10 0L5 10Z", "M0 0L10 0L5 10Z"),
    CROSS("path://" + Mark.ACROSS, Mark.ACROSS),
    PLUS("path://" + Mark.UPRIGHT, Mark.UPRIGHT);

    private static final String ACROSS = "M2 0L5 3L8 0L10 2L7 5L10 8L8 10L5 7L2 10L0 8L3 5L0 2Z";
    private static final String UPRIGHT =
        "M3.6 0L6.4 0L6.4 3.6L10 3.6L10 6.4L6.4 6.4L6.4 10L3.6 10L3.6 6.4L0 6.4L0 3.6L3.6 3.6Z";

    private final String symbol;
    private final String path;

    Mark(String symbol, String path) {
      this.symbol = symbol;
      this.path = path;
    }

    /** The page's chart library's name for it. */
    String symbol() {
      return symbol;
    }

    /** An SVG path in a box of 10 x 10. */
    String path() {
      return path;
    }
  }

  /** How a line is drawn along its way. */
  enum Dash {
    SOLID,
    LONG,
    DOTS,
    LONG_AND_DOT;

    /** Lengths in points, drawn and left out in turn; empty for a solid line. */
    List<Integer> pattern() {
      return switch (this) {
        case SOLID -> List.of();
        case LONG -> List.of(8, 4);
        case DOTS -> List.of(2, 3);
        case LONG_AND_DOT -> List.of(9, 3, 2, 3);
      };
    }
  }

  private static final String NEUTRAL_FAMILY = "none";

  /** OKLCH hue in degrees and chroma: blue, vermillion, bluish green, purple, orange, sky blue. */
  private static final double[][] HUES = {
    {244, 0.135}, {43, 0.17}, {164, 0.125}, {346, 0.125}, {76, 0.145}, {212, 0.10}
  };

  private final List<String> families;
  private final Map<String, Double> depths = new LinkedHashMap<>();
  private final Map<String, Dash> dashes = new LinkedHashMap<>();

  Palette(Experiment experiment) {
    Map<String, TreeSet<Double>> strengths = new LinkedHashMap<>();
    for (Variant variant : experiment.variants()) {
      strengths
          .computeIfAbsent(variant.penalty().family(), family -> new TreeSet<>())
          .add(variant.penalty().strength());
    }
    families = new ArrayList<>(strengths.keySet());
    families.remove(NEUTRAL_FAMILY);
    for (Variant variant : experiment.variants()) {
      TreeSet<Double> all = strengths.get(variant.penalty().family());
      double rank = all == null ? 0 : all.headSet(variant.penalty().strength()).size();
      depths.put(variant.name(), all == null || all.size() < 2 ? 0.6 : rank / (all.size() - 1));
    }
    Map<String, Integer> before = new LinkedHashMap<>();
    experiment.variants().stream()
        .sorted(Comparator.comparingDouble((Variant v) -> v.penalty().strength()).reversed())
        .forEach(
            variant -> {
              int rank = before.merge(variant.penalty().family(), 1, Integer::sum) - 1;
              dashes.put(variant.name(), Dash.values()[rank % Dash.values().length]);
            });
  }

  /** The families in the file's order, those without a penalty left out. */
  List<String> families() {
    return List.copyOf(families);
  }

  /** The colour of a family as a whole. */
  Color family(String family, Theme theme) {
    return colour(family, 0.6, theme);
  }

  /** The colour of one variant. */
  Color variant(Variant variant, Theme theme) {
    return colour(variant.penalty().family(), depths.getOrDefault(variant.name(), 0.6), theme);
  }

  /** The marker of a family; never the only sign, as there are few shapes. */
  Mark mark(String family) {
    int index = families.indexOf(family);
    Mark[] marks = Mark.values();
    return index < 0 ? Mark.CIRCLE : marks[(index + 1) % marks.length];
  }

  /**
   * The dashes of one variant: solid for the strongest of a family, the next one for the next in
   * strength, so that those which share dashes are four apart in lightness.
   */
  Dash dash(Variant variant) {
    return dashes.getOrDefault(variant.name(), Dash.SOLID);
  }

  /**
   * The colour of one of many lines that are no variants: after six hues the same again, darker.
   */
  static Color line(int index, Theme theme) {
    double[] hue = HUES[index % HUES.length];
    boolean again = index / HUES.length % 2 == 1;
    double lightness = theme == Theme.LIGHT ? (again ? 0.44 : 0.6) : again ? 0.86 : 0.74;
    return oklch(lightness, hue[1], hue[0]);
  }

  /**
   * The dashes of such a line: 0 none, 1 long, 2 short; with its colour it differs for 36 lines.
   */
  static int dash(int index) {
    return index / HUES.length % 3;
  }

  /** As CSS writes it. */
  static String css(Color colour) {
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  private Color colour(String family, double depth, Theme theme) {
    int index = families.indexOf(family);
    if (index < 0) {
      return theme == Theme.LIGHT ? new Color(0x22262b) : new Color(0xeceff3);
    }
    double[] hue = HUES[index % HUES.length];
    // The stronger the penalty, the further from the background.
    double lightness = theme == Theme.LIGHT ? 0.655 - 0.275 * depth : 0.62 + 0.24 * depth;
    double chroma = hue[1] * (0.75 + 0.25 * Math.sin(Math.PI * Math.min(1, 0.2 + depth * 0.8)));
    return oklch(lightness, chroma, hue[0]);
  }

  /** OKLCH to sRGB (Ottosson 2020), clipped. */
  private static Color oklch(double lightness, double chroma, double degrees) {
    double a = chroma * Math.cos(Math.toRadians(degrees));
    double b = chroma * Math.sin(Math.toRadians(degrees));
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new Color(
        gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static float gamma(double linear) {
    double encoded =
        linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (float) Math.max(0, Math.min(1, encoded));
  }
}
