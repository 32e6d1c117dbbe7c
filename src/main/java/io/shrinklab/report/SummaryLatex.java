package io.shrinklab.report;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.wording.Formats;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The summary as a LaTeX {@code tabular}; needs the package booktabs. */
final class SummaryLatex {
  private SummaryLatex() {}

  /** Writes UTF-8 (in fact ASCII) and leaves the stream open. */
  public static void write(SweepAnalysis analysis, OutputStream out) throws IOException {
    SummaryTable table = SummaryTable.of(analysis);
    StringBuilder text = new StringBuilder();
    text.append("% \\usepackage{booktabs}\n")
        .append("% Means over seeds with half of the ")
        .append(Formats.INTERVAL)
        .append("; differences to the baseline\n")
        .append("% with their ")
        .append(Formats.SIMULTANEOUS)
        .append(", paired by seed; verdicts with adjusted p.\n% Training and test score at the ")
        .append(table.epochs().get(0).replace(" epoch", "\n"))
        .append(
            "% epoch. Wider than a page: \\resizebox{\\linewidth}{!}{\\input{summary}} fits it\n")
        .append("% (graphicx), on a landscape page best.\n")
        .append("\\begin{tabular}{lrr" + "rrl".repeat(table.epochs().size()) + "rr}\n\\toprule\n");
    epochs(table, text);
    line(text, table.header());
    text.append("\\midrule\n");
    table.rows().forEach(row -> line(text, row));
    text.append("\\bottomrule\n\\end{tabular}\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The titles over several columns, and the rules below them. */
  private static void epochs(SummaryTable table, StringBuilder text) {
    StringBuilder rules = new StringBuilder();
    int column = SummaryTable.BEFORE_EPOCHS;
    text.append("&".repeat(column));
    for (String epoch : table.epochs()) {
      text.append(" \\multicolumn{" + SummaryTable.PER_EPOCH + "}{c}{" + epoch + "} &");
      rules.append("\\cmidrule(lr){" + (column + 1) + "-");
      column += SummaryTable.PER_EPOCH;
      rules.append(column + "}");
    }
    text.append(" \\\\\n").append(rules).append('\n');
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream().map(SummaryLatex::escape).collect(Collectors.joining(" & ", "", " \\\\\n")));
  }

  /**
   * Every character that LaTeX acts on, or that its default font draws as another one, spelled as
   * LaTeX prints it. What is not ASCII, which no LaTeX prints without knowing the script, becomes
   * its code point.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    boolean number = text.matches("[-+±–0-9e.,\\[\\] ]+");
    text.codePoints().forEach(c -> escaped.append(escaped(c, number)));
    // Two hyphens would be drawn as a dash; the dash itself comes after.
    return escaped.toString().replaceAll("-(?=-)", "-{}").replace("–", "--");
  }

  private static String escaped(int c, boolean number) {
    return switch (c) {
      case '\\' -> "\\textbackslash{}";
      case '{', '}', '$', '&', '#', '%', '_' -> "\\" + (char) c;
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '\'' -> "\\textquotesingle{}";
      case '`' -> "\\textasciigrave{}";
      case '"' -> "\\char`\\\"{}";
      case '±' -> "$\\pm$";
      case '–' -> "–";
      // A hyphen is not a minus sign.
      case '-' -> number ? "$-$" : "-";
      case '+' -> number ? "$+$" : "+";
      case '[' -> "{[}";
      default ->
          c >= ' ' && c < 0x7f
              ? Character.toString(c)
              : c < ' ' ? " " : String.format(Locale.ROOT, "U+%04X", c);
    };
  }
}
