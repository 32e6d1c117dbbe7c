package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.SweepAnalysis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTableTest {
  private static List<String> printed(SweepAnalysis analysis) {
    StringWriter text = new StringWriter();
    DecisionTable.print(analysis, new PrintWriter(text));
    return text.toString().lines().toList();
  }

  @Test
  void hasARowPerVariantWithWhatIsDecidedOfIt() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("l2", 0.01);
    for (int seed = 0; seed < 10; seed++) {
      double jitter = seed % 2 == 0 ? 0.001 : -0.001;
      sweep.run("none", seed, 1, 0.9, 0.9).run("l2", seed, 1, 0.95 + jitter, 0.95 + jitter);
    }

    List<String> lines = printed(sweep.analysis());

    assertThat(lines.get(0)).isEmpty();
    assertThat(lines.get(1).split(" {2,}"))
        .containsExactly("VARIANT", "DIFFERENCE IN accuracy", "ADJUSTED P", "DECISION", "TEST");
    assertThat(lines.get(2)).matches("none +- +- {2}baseline +[-0-9.]+");
    // Ten differences of 0.05 +- 0.001: mean 0.05, and half an interval of 2.262 x 0.001054 /
    // sqrt(10) = 0.00075 before it grows with the number of comparisons.
    assertThat(lines.get(3))
        .matches(
            "l2 +\\+0\\.0500 \\[\\+0\\.049\\d, \\+0\\.050\\d\\] +< 0\\.001 {2}better +[-0-9.]+");
    assertThat(lines).hasSize(4);
  }

  @Test
  void onATerminalTheDecisionAloneIsColoured() {
    HandMade sweep = HandMade.fixedSplit(10).none().l2("l2", 0.01).l2("l2-more", 0.1);
    for (int seed = 0; seed < 10; seed++) {
      double jitter = seed % 2 == 0 ? 0.001 : -0.001;
      sweep.run("none", seed, 1, 0.9, 0.9).run("l2", seed, 1, 0.95 + jitter, 0.95 + jitter);
      sweep.run("l2-more", seed, 1, 0.85 + jitter, 0.85 + jitter);
    }
    StringWriter text = new StringWriter();
    TerminalWriter terminal = new TerminalWriter(new PrintWriter(text));

    DecisionTable.print(sweep.analysis(), terminal);
    assertThat(text.toString().lines()).containsExactlyElementsOf(printed(sweep.analysis()));

    text.getBuffer().setLength(0);
    terminal.setColoured(true);
    DecisionTable.print(sweep.analysis(), terminal);
    terminal.println("\033[2J");
    List<String> lines = text.toString().lines().toList();
    // ECMA-48: 32 green, 31 red, 39 the default.
    assertThat(lines.get(2)).doesNotContain("\033");
    assertThat(lines.get(3)).contains("  \033[32mbetter\033[39m  ");
    assertThat(lines.get(4)).contains("  \033[31mworse").contains("\033[39m  ");
    assertThat(lines.get(5)).isEqualTo("\\u001b[2J");
    assertThat(lines.stream().map(line -> line.replaceAll("\033\\[\\d+m", "")).limit(5))
        .containsExactlyElementsOf(printed(sweep.analysis()));
  }

  @Test
  void saysHowManyMoreThereAre() {
    HandMade sweep = HandMade.fixedSplit(1).none();
    for (int i = 1; i < 50; i++) {
      sweep.l2("l2-" + i, 0.001 * i);
    }

    List<String> lines = printed(sweep.analysis());

    assertThat(lines).hasSize(2 + 40 + 1);
    assertThat(lines.get(42)).isEqualTo("... and 10 more, each a row of summary.md");
  }
}
