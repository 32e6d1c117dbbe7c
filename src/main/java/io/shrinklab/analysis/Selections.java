package io.shrinklab.analysis;

import io.shrinklab.outcome.PartSizes;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses on validation, setting by setting. */
final class Selections {
  private final Experiment experiment;
  private final Map<String, PartSizes> sizes;

  private Selections(Experiment experiment, Map<String, PartSizes> sizes) {
    this.experiment = experiment;
    this.sizes = sizes;
  }

  static List<Selection> of(
      Experiment experiment, List<VariantSummary> variants, List<RunRecord> records) {
    Map<String, List<VariantSummary>> settings = new LinkedHashMap<>();
    for (VariantSummary variant : variants) {
      settings
          .computeIfAbsent(variant.variant().setting(), setting -> new ArrayList<>())
          .add(variant);
    }
    Selections selections = new Selections(experiment, Comparisons.sizes(records));
    List<Selection> list = new ArrayList<>();
    settings.forEach(
        (setting, members) -> {
          Candidates candidates = Candidates.of(members, selections.sizes);
          if (candidates != null) {
            list.add(selections.within(setting, members, candidates));
          }
        });
    return list;
  }

  private Selection within(String setting, List<VariantSummary> members, Candidates candidates) {
    List<VariantSummary> variants = candidates.variants();
    VariantSummary best = candidates.highest(variants);
    Set<String> names = variants.stream().map(VariantSummary::name).collect(Collectors.toSet());
    VariantSummary baseline =
        members.stream()
            .filter(member -> experiment.isBaseline(member.variant()))
            .findFirst()
            .orElse(null);
    return new Selection(
        setting,
        best.name(),
        variants.stream()
            .filter(variant -> !variant.name().equals(best.name()))
            .filter(variant -> candidates.difference(variant, best).mean() == 0)
            .map(VariantSummary::name)
            .toList(),
        candidates.score(best),
        candidates.over(best, RunSummary::testScore),
        baseline == null ? experiment.baseline() : baseline.name(),
        baseline == null || baseline.name().equals(best.name()) ? null : test(best, baseline),
        candidates.seeds(),
        FamilyChoices.of(candidates),
        // Of who was seen to be worse the verdict tells.
        members.stream()
            .filter(member -> member.verdict() != Verdict.WORSE)
            .map(VariantSummary::name)
            .filter(name -> !names.contains(name))
            .toList());
  }

  private @Nullable PairedDifference test(VariantSummary best, VariantSummary baseline) {
    Pairs pairs = new Pairs();
    for (int i = 0; i < best.runs().size(); i++) {
      RunSummary run = best.runs().get(i);
      RunSummary other = baseline.runs().get(i);
      boolean tested = !Double.isNaN(run.testScore()) && !Double.isNaN(other.testScore());
      if (run.completed() && other.completed() && tested) {
        pairs.add(run.seed(), run.testScore(), other.testScore());
      }
    }
    PairedDifference difference =
        pairs.difference(Overlap.test(best.variant().data(), sizes.get(best.name())));
    return difference.n() == 0 ? null : difference;
  }
}
