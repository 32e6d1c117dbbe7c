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
