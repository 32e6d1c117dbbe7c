package io.shrinklab.analysis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses on validation, setting by setting. */
final class Selections {
  private Selections() {}

  static List<Selection> of(List<VariantSummary> variants) {
    Map<String, List<VariantSummary>> settings = new LinkedHashMap<>();
    for (VariantSummary variant : variants) {
      settings
          .computeIfAbsent(variant.variant().setting(), setting -> new ArrayList<>())
          .add(variant);
    }
    List<Selection> selections = new ArrayList<>();
    settings.forEach(
        (setting, members) -> {
          Selection selection = within(setting, members);
          if (selection != null) {
            selections.add(selection);
          }
        });
    return selections;
  }

  private static @Nullable Selection within(String setting, List<VariantSummary> members) {
    int most = members.stream().mapToInt(member -> member.counts().completed()).max().orElse(0);
    // A variant that ran on half of the seeds may just have had the easy ones.
    List<VariantSummary> candidates =
        members.stream()
            .filter(member -> member.counts().diverged() == 0)
            .filter(member -> member.counts().completed() > 0)
            .filter(member -> 2 * member.counts().completed() > most)
            .toList();
    if (candidates.isEmpty()) {
      return null;
    }
    Set<Long> seeds = common(candidates);
    if (seeds.isEmpty()) {
      return null;
    }
    VariantSummary best = highest(candidates, seeds);
    Set<String> names = candidates.stream().map(VariantSummary::name).collect(Collectors.toSet());
    return new Selection(
        setting,
        best.name(),
        score(best, seeds),
        over(best, seeds, RunSummary::testScore),
        over(best, seeds, Selections::shrinkage).mean(),
        List.copyOf(seeds),
        families(candidates, seeds),
        members.stream().map(VariantSummary::name).filter(name -> !names.contains(name)).toList());
  }

  private static Set<Long> common(List<VariantSummary> candidates) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (RunSummary run : candidates.get(0).runs()) {
      seeds.add(run.seed());
    }
    for (VariantSummary candidate : candidates) {
      for (RunSummary run : candidate.runs()) {
        if (!run.completed()) {
          seeds.remove(run.seed());
        }
      }
    }
    return seeds;
  }

  private static List<FamilyChoice> families(List<VariantSummary> candidates, Set<Long> seeds) {
    Map<String, List<VariantSummary>> families = new LinkedHashMap<>();
    for (VariantSummary candidate : candidates) {
      if (candidate.strength() > 0) {
        families.computeIfAbsent(candidate.family(), family -> new ArrayList<>()).add(candidate);
      }
    }
    List<FamilyChoice> choices = new ArrayList<>();
    families.forEach(
        (family, members) -> {
          VariantSummary best = highest(members, seeds);
          Estimate score = score(best, seeds);
          VariantSummary strongest = strongest(members, seeds, best, score);
          choices.add(
              new FamilyChoice(
                  family,
                  best.name(),
                  score,
                  strongest.name(),
                  score(strongest, seeds),
                  edge(members, best.strength())));
        });
    return choices;
  }

  /** The one-standard-error rule; with one seed there is no error, and the best itself stays. */
  private static VariantSummary strongest(
      List<VariantSummary> members, Set<Long> seeds, VariantSummary best, Estimate score) {
    double bound = score.mean() - score.standardError();
    return members.stream()
        .filter(member -> score(member, seeds).mean() >= bound)
        .max(
            Comparator.comparingDouble(VariantSummary::strength)
                .thenComparingDouble(member -> score(member, seeds).mean()))
        .orElse(best);
  }

  /** The first of those with the highest mean. */
  private static VariantSummary highest(List<VariantSummary> members, Set<Long> seeds) {
    VariantSummary best = members.get(0);
    for (VariantSummary member : members) {
      if (score(member, seeds).mean() > score(best, seeds).mean()) {
        best = member;
      }
    }
    return best;
  }

  private static @Nullable GridEdge edge(List<VariantSummary> members, double best) {
    List<Double> tried =
        members.stream().map(VariantSummary::strength).distinct().sorted().toList();
    int last = tried.size() - 1;
    if (last < 1) {
      return null;
    }
    if (best == tried.get(last)) {
      double step = best / tried.get(last - 1);
      return new GridEdge(true, tried, List.of(short3(best * step), short3(best * step * step)));
    }
    if (best == tried.get(0)) {
      double step = tried.get(1) / best;
      return new GridEdge(false, tried, List.of(short3(best / step / step), short3(best / step)));
    }
    return null;
  }

  /** Three significant digits: what a person would write into the file. */
  private static double short3(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }

  private static Estimate score(VariantSummary variant, Set<Long> seeds) {
    return over(variant, seeds, Selections::validationScore);
  }

  private static Estimate over(
      VariantSummary variant, Set<Long> seeds, ToDoubleFunction<RunSummary> value) {
    return Estimate.of(
        variant.runs().stream()
            .filter(run -> seeds.contains(run.seed()))
            .mapToDouble(value)
            .toArray());
  }

  private static double validationScore(RunSummary run) {
    return run.best() == null ? Double.NaN : run.best().validationScore();
  }

  private static double shrinkage(RunSummary run) {
    return validationScore(run) - run.testScore();
  }
}
