package io.shrinklab.report;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.spec.Numbers;
import io.shrinklab.wording.Formats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The summary as a paper prints it, a LaTeX {@code tabular} of five columns: penalty, lambda, the
 * difference that decides, the decision, the test score. Needs the package booktabs.
 */
final class PaperTable {
  private static final Pattern LP = Pattern.compile("L([0-9.]+)(.*)");
  private static final String NOTHING = "--";

  private PaperTable() {}

  /** Writes ASCII and leaves the stream open. */
  static void write(SweepAnalysis analysis, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("% \\usepackage{booktabs}; in \\small it fits one column of a page\n")
        .append("% Difference in validation ")
        .append(SummaryLatex.escape(analysis.scoreName()))
        .append(" at the ")
        .append(analysis.decisive().label())
        .append(" to the baseline, paired by seed,\n% with its ")
        .append(SummaryLatex.escape(Formats.SIMULTANEOUS))
        .append("; decision with its adjusted p; mean test score.\n")
        .append("\\begin{tabular}{@{}llrlr@{}}\n\\toprule\n")
        .append("penalty & $\\lambda$ & difference & decision & test \\\\\n\\midrule\n");
    Map<String, Integer> alike = new HashMap<>();
    List<SummaryRow> rows = SummaryRow.of(analysis);
    rows.forEach(row -> alike.merge(treatment(row.variant()), 1, Integer::sum));
    for (SummaryRow row : rows) {
      VariantSummary variant = row.variant();
      Comparison comparison = row.at(analysis.decisive());
      boolean unique = alike.getOrDefault(treatment(variant), 0) == 1;
      text.append(penalty(variant.family()))
          .append(unique ? "" : " (" + SummaryLatex.escape(variant.name()) + ")")
          .append(" & ")
          .append(strength(variant.strength()))
          .append(" & ")
          .append(difference(comparison))
          .append(" & ")
          .append(SummaryLatex.escape(variant.label()))
          .append(pValue(comparison))
          .append(" & ")
          .append(
              variant.testScore().n() == 0
                  ? NOTHING
                  : "$" + Formats.score(variant.testScore().mean()) + "$")
          .append(" \\\\\n");
    }
    text.append("\\bottomrule\n\\end{tabular}\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String treatment(VariantSummary variant) {
    return variant.family() + "\n" + variant.strength();
  }

  /** {@code L0.5 weights} with its exponent as an index. */
  private static String penalty(String family) {
    Matcher lp = LP.matcher(family);
    return lp.matches()
        ? "$L_{" + lp.group(1) + "}$" + SummaryLatex.escape(lp.group(2))
        : SummaryLatex.escape(family);
  }

  /** {@code $10^{-2}$}, {@code $2.5 \cdot 10^{-3}$}; plain from 0.1 to below 1000. */
  static String strength(double value) {
    if (value == 0 || (value >= 0.1 && value < 1000)) {
      return "$" + Numbers.plain(value) + "$";
    }
    String[] parts = Numbers.scientific(value).split("e", -1);
    String power = "10^{" + Integer.parseInt(parts[1]) + "}";
    return "$" + (parts[0].equals("1") ? power : parts[0] + " \\cdot " + power) + "$";
  }

  private static String difference(@Nullable Comparison comparison) {
    if (comparison == null || comparison.score().n() == 0) {
      return NOTHING;
    }
    Contrast score = comparison.score();
    String mean = Formats.difference(score.mean());
    return score.hasInterval()
        ? "$"
            + mean
            + "$ $["
            + Formats.difference(score.low())
            + ",\\, "
            + Formats.difference(score.high())
            + "]$"
        : "$" + mean + "$";
  }

  private static String pValue(@Nullable Comparison comparison) {
    return SummaryTable.pValue(comparison).replaceAll("p ([<=]) ([0-9.]+)", "\\$p $1 $2\\$");
  }
}
