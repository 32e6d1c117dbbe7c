package io.shrinklab.analysis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What families of several strengths offer. Every step of it asks whether a paired difference is
 * larger than its own standard error, as the differences to the baseline have it.
 */
final class FamilyChoices {
  private final Candidates candidates;

  /** No penalty at all, which every family tends to as its strength goes to 0. */
  private final @Nullable VariantSummary anchor;

  private FamilyChoices(Candidates candidates) {
    this.candidates = candidates;
    anchor =
        candidates.variants().stream()
            .filter(variant -> variant.strength() == 0)
            .findFirst()
            .orElse(null);
  }

  static List<FamilyChoice> of(Candidates candidates) {
    Map<String, List<VariantSummary>> families = new LinkedHashMap<>();
    for (VariantSummary variant : candidates.variants()) {
      if (variant.strength() > 0) {
        families.computeIfAbsent(variant.family(), family -> new ArrayList<>()).add(variant);
      }
    }
    FamilyChoices choices = new FamilyChoices(candidates);
    List<FamilyChoice> list = new ArrayList<>();
    families.forEach(
        (family, members) -> {
          List<Double> tried =
              members.stream().map(VariantSummary::strength).distinct().sorted().toList();
          if (tried.size() > 1) {
            list.add(choices.choice(family, members, tried));
          }
        });
    return list;
  }

  private FamilyChoice choice(String family, List<VariantSummary> members, List<Double> tried) {
    VariantSummary best = candidates.highest(members);
    VariantSummary strongest = strongest(members, best);
    return new FamilyChoice(
        family,
        tried,
        best.name(),
        best.strength(),
        candidates.score(best),
        strongest.name(),
        candidates.difference(strongest, best),
        edge(members, tried, best, strongest));
  }

  /** The one-standard-error rule; with one seed there is no error, and only equals are within. */
  private VariantSummary strongest(List<VariantSummary> members, VariantSummary best) {
    return members.stream()
        .filter(member -> !differs(member, best))
        .max(
            Comparator.comparingDouble(VariantSummary::strength)
                .thenComparingDouble(member -> candidates.score(member).mean()))
        .orElse(best);
  }

  private @Nullable GridEdge edge(
      List<VariantSummary> members,
      List<Double> tried,
      VariantSummary best,
      VariantSummary strongest) {
    int last = tried.size() - 1;
    double smallest = tried.get(0);
    double largest = tried.get(last);
    double up = largest / tried.get(last - 1);
    List<Double> larger = List.of(short3(largest * up), short3(largest * up * up));
    if (best.strength() == largest && gains(best, at(members, tried.get(last - 1)))) {
      return new GridEdge(GridEdge.Reason.GAINS_AT_LARGEST, larger);
    }
    if (strongest.strength() == largest && anchor != null && !differs(strongest, anchor)) {
      return new GridEdge(GridEdge.Reason.IDLE_AT_LARGEST, larger);
    }
    if (best.strength() == smallest
        && gains(best, at(members, tried.get(1)))
        && (anchor == null || differs(best, anchor))) {
      double down = tried.get(1) / smallest;
      return new GridEdge(
          GridEdge.Reason.GAINS_AT_SMALLEST,
          List.of(short3(smallest / down / down), short3(smallest / down)));
    }
    return null;
  }

  private VariantSummary at(List<VariantSummary> members, double strength) {
    return candidates.highest(
        members.stream().filter(member -> member.strength() == strength).toList());
  }

  /** Whether they differ by more than the error; where nothing tells the error, at all. */
  private boolean differs(VariantSummary left, VariantSummary right) {
    PairedDifference difference = candidates.difference(left, right);
    double error = difference.standardError();
    return Math.abs(difference.mean()) > (Double.isNaN(error) ? 0 : error);
  }

  /** Whether the best of both is ahead by more than the error; where nothing tells it, not. */
  private boolean gains(VariantSummary best, VariantSummary other) {
    PairedDifference difference = candidates.difference(best, other);
    return difference.mean() > difference.standardError();
  }

  /** Three significant digits: what a person would write into the file. */
  private static double short3(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
