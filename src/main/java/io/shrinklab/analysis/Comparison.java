package io.shrinklab.analysis;

/**
 * A variant against the baseline of its setting, at one moment.
 *
 * @param variant its name
 * @param baseline the baseline's name in the same setting
 * @param setting what a top-level grid chose; "" without one
 * @param moment best or last epoch
 * @param validation differences of the validation score, variant minus baseline
 * @param train differences of the training score
 * @param test how the standard errors were made
 * @param ratio what {@link PairedTest#NADEAU_BENGIO} adds to 1 / n; 0 for the plain test
 * @param adjustedPValue the validation difference's p value after Holm's adjustment over all
 *     comparisons of the sweep; NaN for n &lt;= 2
 * @param wilcoxonPValue exact two-sided signed rank test; a second opinion, which knows nothing of
 *     overlapping splits; NaN for n &lt;= 2
 * @param adjustedWilcoxonPValue after Holm's adjustment over all comparisons
 * @param smallestDetectable the smallest true difference that this comparison finds four times out
 *     of five; NaN for n &lt;= 2
 * @param verdict what the numbers above come to by the {@link Rule}
 */
public record Comparison(
    String variant,
    String baseline,
    String setting,
    Moment moment,
    PairedDifference validation,
    PairedDifference train,
    PairedTest test,
    double ratio,
    double adjustedPValue,
    double wilcoxonPValue,
    double adjustedWilcoxonPValue,
    double smallestDetectable,
    Verdict verdict) {}
