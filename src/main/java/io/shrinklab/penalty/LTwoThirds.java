package io.shrinklab.penalty;

/** p = 2/3, whose proximal step has a closed form. */
final class LTwoThirds extends LBelowOne {
  static final double EXPONENT = 2.0 / 3;

  LTwoThirds() {
    super(EXPONENT, LTwoThirds::share);
  }

  /** Ferrari's resolution of y^4 - y + 2 t / 3 = 0 for y = x^(1/3) (Cao, Sun and Xu 2013). */
  private static double share(double t) {
    double c = 27.0 / 16 * Math.pow(2 * t, -1.5);
    double u = 2 / Math.sqrt(3) * Math.pow(2 * t, 0.25) * Math.sqrt(Math.cosh(acosh(c) / 3));
    double y = (u + Math.sqrt(2 / u - u * u)) / 2;
    return y * y * y;
  }

  private static double acosh(double c) {
    return Math.log(c + Math.sqrt(Math.max(0, c * c - 1)));
  }
}
