package io.shrinklab.wording;

import io.shrinklab.analysis.FamilyChoice;
import io.shrinklab.analysis.GridEdge;
import io.shrinklab.analysis.PairedDifference;
import io.shrinklab.analysis.Selection;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What validation chooses, in plain sentences. */
public final class Choices {
  /** Equals named before "and N more". */
  private static final int TIES = 5;

  private Choices() {}

  /**
   * The winner of each setting with its test score against the baseline's, then each family's best
   * and the strongest penalty that is within one standard error of it.
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
    return "Validation chooses %s: %s %s there%s.%s"
        .formatted(
            selection.best(),
            scoreName,
            Formats.score(selection.validationScore().mean()),
            test(selection),
            selection.ties().isEmpty()
                ? ""
                : " As high on validation %s %s; of equals the first in the file is taken."
                    .formatted(
                        selection.ties().size() == 1 ? "is" : "are",
                        Formats.some(selection.ties(), TIES)));
  }

  private static String test(Selection selection) {
    if (selection.testScore().n() == 0) {
      return "; its test score was not measured";
    }
    String score = ", %s on the test rows".formatted(Formats.score(selection.testScore().mean()));
    PairedDifference difference = selection.testDifference();
    if (difference == null) {
      return score;
    }
    return "%s: %s against %s there, by %s%s"
        .formatted(
            score,
            Formats.difference(difference),
            selection.baseline(),
            Formats.count(difference.n(), "pair"),
            difference.hasInterval() ? " (" + Formats.INTERVAL + ")" : "");
  }

  private static String family(FamilyChoice family) {
    GridEdge edge = family.edge();
    return "%s: best is %s (%s), %s.%s"
        .formatted(
            family.family(),
            family.best(),
            Formats.score(family.bestScore().mean()),
            strongest(family),
            edge == null
                ? ""
                : " %s; %s would continue the grid.".formatted(reason(edge), proposed(edge)));
  }

  private static String strongest(FamilyChoice family) {
    if (family.bestIsLargest()) {
      return "the largest strength tried";
    }
    return family.strongest().equals(family.best())
        ? "and no stronger penalty is within one standard error of it"
        : "the strongest penalty within one standard error of it is %s (%s, standard error %s)"
            .formatted(
                family.strongest(),
                Formats.difference(family.strongestDifference().mean()),
                Formats.score(family.strongestDifference().standardError()));
  }

  private static String reason(GridEdge edge) {
    return switch (edge.reason()) {
      case GAINS_AT_LARGEST, GAINS_AT_SMALLEST ->
          "The score still rises towards the " + extreme(edge) + " strength by more than its error";
      case IDLE_AT_LARGEST ->
          "Even the largest strength makes no difference beyond its error to no penalty";
    };
  }

  static String extreme(GridEdge edge) {
    return switch (edge.reason()) {
      case GAINS_AT_LARGEST, IDLE_AT_LARGEST -> "largest";
      case GAINS_AT_SMALLEST -> "smallest";
    };
  }

  static String proposed(GridEdge edge) {
    return edge.proposed().stream().map(Numbers::scientific).collect(Collectors.joining(" and "));
  }
}
