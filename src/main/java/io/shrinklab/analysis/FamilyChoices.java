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
 * What families of several strengths offer, by paired differences whose errors are made as those to
 * the baseline. A proposal costs runs, so it is made on the stricter side: that a score rises needs
 * a difference whose 95 % interval excludes 0, that nothing happens one within a standard error.
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
        .filter(member -> withinOneError(member, best))
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
    if (strongest.strength() == largest && anchor != null && withinOneError(strongest, anchor)) {
      return new GridEdge(GridEdge.Reason.IDLE_AT_LARGEST, larger);
    }
    if (best.strength() == smallest
        && gains(best, at(members, tried.get(1)))
        && (anchor == null || gains(best, anchor) || gains(anchor, best))) {
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

  /** Whether the difference is no larger than its error; where nothing tells that, than 0. */
  private boolean withinOneError(VariantSummary left, VariantSummary right) {
    PairedDifference difference = candidates.difference(left, right);
    double error = difference.standardError();
    return Math.abs(difference.mean()) <= (Double.isNaN(error) ? 0 : error);
  }

  /** Whether the one is ahead by more than the interval's half width; without an interval, not. */
  private boolean gains(VariantSummary ahead, VariantSummary other) {
    return candidates.difference(ahead, other).low() > 0;
  }

  /** Three significant digits: what a person would write into the file. */
  private static double short3(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
