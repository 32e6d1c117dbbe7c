package io.shrinklab.analysis;

import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What validation chooses, in plain sentences. */
final class Choices {
  private Choices() {}

  static List<String> inWords(List<Selection> selections, String scoreName) {
    List<String> sentences = new ArrayList<>();
    for (Selection selection : selections) {
      sentences.add(winner(selection, scoreName));
      for (FamilyChoice family : selection.families()) {
        sentences.add(family(family));
      }
    }
    return sentences;
  }

  private static String winner(Selection selection, String scoreName) {
    String start =
        "Validation chooses "
            + selection.best()
            + ": "
            + scoreName
            + " "
            + Formats.score(selection.validationScore().mean())
            + " there";
    if (Double.isNaN(selection.shrinkage())) {
      return start + "; its test score was not measured.";
    }
    return start
        + ", "
        + Formats.score(selection.testScore().mean())
        + " on the test rows: "
        + Formats.score(Math.abs(selection.shrinkage()))
        + (selection.shrinkage() < 0 ? " more." : " less.");
  }

  private static String family(FamilyChoice family) {
    String best =
        family.family()
            + ": best is "
            + family.best()
            + " ("
            + Formats.score(family.bestScore().mean())
            + "), ";
    String strongest =
        family.strongest().equals(family.best())
            ? "and no stronger penalty is within one standard error of it."
            : "the strongest penalty within one standard error of it is "
                + family.strongest()
                + " ("
                + Formats.score(family.strongestScore().mean())
                + ").";
    GridEdge edge = family.edge();
    if (edge == null) {
      return best + strongest;
    }
    return best
        + strongest
        + " The best is the "
        + (edge.upper() ? "largest" : "smallest")
        + " strength tried; "
        + edge.proposed().stream().map(Numbers::scientific).collect(Collectors.joining(" and "))
        + " would continue the grid.";
  }
}
