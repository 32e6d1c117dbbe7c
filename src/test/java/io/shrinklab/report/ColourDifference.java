package io.shrinklab.report;

import java.awt.Color;

/** How different two colours look, to people who see three primaries and to deuteranopes. */
final class ColourDifference {
  /** Machado, Oliveira and Fernandes (2009), deuteranomaly of severity 1, on linear RGB. */
  private static final double[][] DEUTERANOPIA = {
    {0.367322, 0.860646, -0.227968},
    {0.280085, 0.672501, 0.047413},
    {-0.011820, 0.042940, 0.968881}
  };

  /** IEC 61966-2-1: linear sRGB to XYZ. */
  private static final double[][] XYZ = {
    {0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}
  };

  private static final double[] WHITE = {0.9505, 1, 1.089};

  private ColourDifference() {}

  /** Delta E 2000 between what a deuteranope sees. */
  static double deuteranope(Color one, Color other) {
    return between(lab(seen(linear(one))), lab(seen(linear(other))));
  }

  /** Delta E 2000 with full colour vision. */
  static double full(Color one, Color other) {
    return between(lab(linear(one)), lab(linear(other)));
  }

  private static double[] seen(double[] linear) {
    double[] seen = times(DEUTERANOPIA, linear);
    for (int i = 0; i < seen.length; i++) {
      seen[i] = Math.max(0, Math.min(1, seen[i]));
    }
    return seen;
  }

  private static double[] linear(Color colour) {
    float[] encoded = colour.getRGBColorComponents(null);
    double[] linear = new double[encoded.length];
    for (int i = 0; i < linear.length; i++) {
      linear[i] =
          encoded[i] <= 0.04045 ? encoded[i] / 12.92 : Math.pow((encoded[i] + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double[] lab(double[] linear) {
    double[] xyz = times(XYZ, linear);
    double[] f = new double[3];
    for (int i = 0; i < f.length; i++) {
      double t = xyz[i] / WHITE[i];
      f[i] = t > Math.pow(6 / 29.0, 3) ? Math.cbrt(t) : t * 841 / 108 + 4 / 29.0;
    }
    return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
  }

  /** CIEDE2000 between two colours as L*, a*, b*, all weights 1 (Sharma, Wu and Dalal 2005). */
  static double between(double[] one, double[] other) {
    double meanC = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
    double g = 0.5 * (1 - Math.sqrt(Math.pow(meanC, 7) / (Math.pow(meanC, 7) + Math.pow(25, 7))));
    double a1 = (1 + g) * one[1];
    double a2 = (1 + g) * other[1];
    double c1 = Math.hypot(a1, one[2]);
    double c2 = Math.hypot(a2, other[2]);
    double h1 = hue(a1, one[2]);
    double h2 = hue(a2, other[2]);
    boolean grey = c1 * c2 == 0;
    double turn =
        grey ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
    double deltaL = other[0] - one[0];
    double deltaC = c2 - c1;
    double deltaH = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(turn / 2));
    double l = (one[0] + other[0]) / 2;
    double c = (c1 + c2) / 2;
    double h =
        grey
            ? h1 + h2
            : Math.abs(h1 - h2) <= 180
                ? (h1 + h2) / 2
                : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
    double t =
        1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.20 * cos(4 * h - 63);
    double rotation = 30 * Math.exp(-Math.pow((h - 275) / 25, 2));
    double rc = 2 * Math.sqrt(Math.pow(c, 7) / (Math.pow(c, 7) + Math.pow(25, 7)));
    double far = Math.pow(l - 50, 2);
    double dl = deltaL / (1 + 0.015 * far / Math.sqrt(20 + far));
    double dc = deltaC / (1 + 0.045 * c);
    double dh = deltaH / (1 + 0.015 * c * t);
    double rt = -Math.sin(Math.toRadians(2 * rotation)) * rc;
    return Math.sqrt(dl * dl + dc * dc + dh * dh + rt * dc * dh);
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }

  /** In degrees from 0 to 360; 0 of a grey. */
  private static double hue(double a, double b) {
    double degrees = Math.toDegrees(Math.atan2(b, a));
    return degrees < 0 ? degrees + 360 : degrees;
  }
}
