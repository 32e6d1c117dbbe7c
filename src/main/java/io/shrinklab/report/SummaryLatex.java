package io.shrinklab.report;

import io.shrinklab.analysis.SweepAnalysis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The summary as a LaTeX {@code tabular}; needs the package booktabs. */
final class SummaryLatex {
  private SummaryLatex() {}

  /** Writes UTF-8 (in fact ASCII) and leaves the stream open. */
  public static void write(SweepAnalysis analysis, OutputStream out) throws IOException {
    SummaryTable table = SummaryTable.of(analysis);
    StringBuilder text = new StringBuilder();
    text.append("% \\usepackage{booktabs}\n")
        .append("% Means over seeds with half of the 95 % interval; differences to the baseline\n")
        .append("% with their 95 % interval, paired by seed.\n")
        .append("\\begin{tabular}{lrrrrrrrrl}\n\\toprule\n");
    line(text, table.header());
    text.append("\\midrule\n");
    table.rows().forEach(row -> line(text, row));
    text.append("\\bottomrule\n\\end{tabular}\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream().map(SummaryLatex::escape).collect(Collectors.joining(" & ", "", " \\\\\n")));
  }

  /** Every character that LaTeX acts on, spelled as LaTeX prints it. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    boolean number = text.matches("[-+±–0-9e.,\\[\\] ]+");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '{', '}', '$', '&', '#', '%', '_' -> escaped.append('\\').append(c);
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '<' -> escaped.append("\\textless{}");
        case '>' -> escaped.append("\\textgreater{}");
        case '±' -> escaped.append("$\\pm$");
        case '–' -> escaped.append("--");
        // A hyphen is not a minus sign.
        case '-' -> escaped.append(number ? "$-$" : "-");
        case '+' -> escaped.append(number ? "$+$" : "+");
        case '[' -> escaped.append("{[}");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
