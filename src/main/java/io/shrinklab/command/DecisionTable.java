package io.shrinklab.command;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.analysis.Verdict;
import io.shrinklab.wording.Formats;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** What is decided of each variant, a row each: what a terminal has room for of the summary. */
final class DecisionTable {
  /** Rows that still fit above the prompt; the files have all. */
  private static final int MOST = 40;

  private static final int NAME = 40;

  /** The column of verdicts. */
  private static final int DECISION = 3;

  private static final String NOTHING = "-";

  private DecisionTable() {}

  /** Nothing where no variant is compared with another. */
  static void print(SweepAnalysis analysis, PrintWriter out) {
    Map<String, Comparison> comparisons =
        Comparison.byVariant(analysis.comparisons(), analysis.decisive());
    if (comparisons.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            "VARIANT",
            ">DIFFERENCE IN " + analysis.scoreName(),
            ">ADJUSTED P",
            "DECISION",
            ">TEST");
    List<VariantSummary> variants = analysis.variants();
    for (VariantSummary variant : variants.subList(0, Math.min(MOST, variants.size()))) {
      Comparison comparison = comparisons.get(variant.name());
      table.row(
          style(variant.verdict()),
          shortened(variant.name()),
          comparison == null || comparison.score().n() == 0
              ? NOTHING
              : Formats.difference(comparison.score()),
          pValue(comparison),
          variant.label(),
          variant.testScore().n() == 0 ? NOTHING : Formats.score(variant.testScore().mean()));
    }
    out.println();
    table.print(out);
    if (variants.size() > MOST) {
      out.println("... and " + (variants.size() - MOST) + " more, each a row of summary.md");
    }
  }

  /** The word alone, which says the same to those who see no colours. */
  private static Map<Integer, IStyle> style(Verdict verdict) {
    return switch (verdict) {
      case BETTER -> Map.of(DECISION, Style.fg_green);
      case WORSE -> Map.of(DECISION, Style.fg_red);
      default -> Map.of();
    };
  }

  private static String pValue(@Nullable Comparison comparison) {
    if (comparison == null || !comparison.score().hasInterval()) {
      return NOTHING;
    }
    return Formats.pValue(comparison.score().adjustedPValue()).replaceFirst("^p (= )?", "");
  }

  private static String shortened(String name) {
    return name.length() <= NAME ? name : name.substring(0, NAME - 3) + "...";
  }
}
