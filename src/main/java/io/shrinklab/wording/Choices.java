package io.shrinklab.wording;

import io.shrinklab.analysis.FamilyChoice;
import io.shrinklab.analysis.GridEdge;
import io.shrinklab.analysis.Selection;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What validation chooses, in plain sentences. */
public final class Choices {
  private Choices() {}

  /**
   * The winner of each setting with its test score, then each family's best and the strongest
   * penalty that is within one standard error of it.
   */
  public static List<String> of(SweepAnalysis analysis) {
    List<String> sentences = new ArrayList<>();
    for (Selection selection : analysis.selections()) {
      sentences.add(winner(selection, analysis.scoreName()));
      for (FamilyChoice family : selection.families()) {
        sentences.add(family(family));
      }
    }
    return sentences;
  }

  private static String winner(Selection selection, String scoreName) {
    String start =
        "Validation chooses %s: %s %s there"
            .formatted(
                selection.best(), scoreName, Formats.score(selection.validationScore().mean()));
    return Double.isNaN(selection.shrinkage())
        ? start + "; its test score was not measured."
        : "%s, %s on the test rows: %s %s."
            .formatted(
                start,
                Formats.score(selection.testScore().mean()),
                Formats.score(Math.abs(selection.shrinkage())),
                selection.shrinkage() < 0 ? "more" : "less");
  }

  private static String family(FamilyChoice family) {
    GridEdge edge = family.edge();
    return "%s: best is %s (%s), %s%s"
        .formatted(
            family.family(),
            family.best(),
            Formats.score(family.bestScore().mean()),
            family.strongest().equals(family.best())
                ? "and no stronger penalty is within one standard error of it."
                : "the strongest penalty within one standard error of it is %s (%s)."
                    .formatted(family.strongest(), Formats.score(family.strongestScore().mean())),
            edge == null
                ? ""
                : " The best is the %s strength tried; %s would continue the grid."
                    .formatted(extreme(edge), proposed(edge)));
  }

  static String extreme(GridEdge edge) {
    return edge.upper() ? "largest" : "smallest";
  }

  static String proposed(GridEdge edge) {
    return edge.proposed().stream().map(Numbers::scientific).collect(Collectors.joining(" and "));
  }
}
