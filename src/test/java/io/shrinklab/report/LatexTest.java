package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in a real LaTeX. Skipped where none is installed. */
class LatexTest {
  /** All that LaTeX acts on, and scripts that it does not know. */
  private static final List<String> NAMES =
      List.of(
          "# $ % & _ { } ~ ^ \\ < > | [x] \" ' `",
          "\\input{/etc/passwd} \\end{tabular}", "a--b ---c $x^2$ %", "λ = 10⁻³ 和 😀 é", "- 0.5");

  @TempDir private Path folder;

  @Test
  void compilesWhateverTheVariantsAreCalled() throws Exception {
    assumeTrue(isInstalled("pdflatex"), "no pdflatex on the path: the table is not compiled");
    List<Variant> variants = new ArrayList<>();
    variants.add(SyntheticSweep.variant("none", "{'kind': 'none'}"));
    for (String name : NAMES) {
      variants.add(SyntheticSweep.variant(name, "{'kind': 'lp', 'p': 1, 'lambda': 0.001}"));
    }
    Experiment experiment = new Experiment("x", "", List.of(0L, 1L, 2L), "none", variants);
    SweepAnalysis analysis =
        SweepAnalysis.of(
            experiment,
            experiment
                .runs()
                .map(run -> SyntheticSweep.record(run, RunStatus.COMPLETED, ""))
                .toList());
    try (OutputStream out = Files.newOutputStream(folder.resolve("summary.tex"))) {
      SummaryLatex.write(analysis, out);
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("summary-paper.tex"))) {
      PaperTable.write(analysis, out);
    }
    Files.writeString(
        folder.resolve("paper.tex"),
        """
        \\documentclass{article}
        \\usepackage{booktabs,graphicx}
        \\begin{document}
        \\noindent\\resizebox{\\linewidth}{!}{\\input{summary}}

        \\noindent\\resizebox{\\linewidth}{!}{\\input{summary-paper}}
        \\end{document}
        """);

    String log = compile();

    assertThat(log)
        .contains("Output written on paper.pdf (1 page")
        .doesNotContain("! ", "Missing character", "Overfull", "undefined");
    if (isInstalled("pdftotext")) {
      new ProcessBuilder("pdftotext", "-layout", "paper.pdf")
          .directory(folder.toFile())
          .start()
          .waitFor();
      assertThat(Files.readString(folder.resolve("paper.txt")))
          // An underscore is drawn as a line, a tilde and a circumflex as accents.
          .contains("# $ % & ", " { } ", " \\ < > | [x] ", "a--b ---c $x")
          .contains("\\input{/etc/passwd} \\end{tabular}")
          .contains("U+03BB = 10U+207BU+00B3 U+548C U+1F600 U+00E9");
    }
  }

  private String compile() throws Exception {
    Process process =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "paper.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
