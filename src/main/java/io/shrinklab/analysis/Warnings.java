package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.DecayRule;
import io.shrinklab.spec.Equivalence;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a reader must know before believing the verdicts. */
final class Warnings {
  private Warnings() {}

  static List<Warning> of(
      Experiment experiment,
      List<RunRecord> records,
      List<VariantSummary> variants,
      List<Selection> selections) {
    List<Warning> warnings = new ArrayList<>();
    for (RunFate state : List.of(RunFate.MISSING, RunFate.FAILED, RunFate.DIVERGED)) {
      lost(warnings, variants, state);
    }
    for (VariantSummary variant : variants) {
      if (variant.verdict() == Verdict.BASELINE && variant.counts().completed() == 0) {
        warnings.add(new Warning.BaselineLost(variant.name()));
      }
    }
    warnings.addAll(Cuts.of(records));
    warnings.addAll(Optima.of(records));
    processors(records).ifPresent(warnings::add);
    otherDifferences(warnings, variants);
    for (Selection selection : selections) {
      selection(warnings, selection);
    }
    Equivalence.groups(experiment.variants()).stream()
        .map(Warning.Alike::new)
        .forEach(warnings::add);
    DecayRule.misfits(experiment.variants()).stream()
        .map(Warning.DecayMisfit::new)
        .forEach(warnings::add);
    return warnings;
  }

  private static void lost(List<Warning> warnings, List<VariantSummary> variants, RunFate state) {
    List<Warning.Tally> lost =
        variants.stream()
            .map(variant -> new Warning.Tally(variant.name(), runs(variant, state)))
            .filter(tally -> tally.runs() > 0)
            .toList();
    if (!lost.isEmpty()) {
      warnings.add(
          new Warning.RunsLost(
              state,
              lost,
              variants.stream().mapToInt(variant -> variant.counts().planned()).sum()));
    }
  }

  private static long runs(VariantSummary variant, RunFate state) {
    return variant.runs().stream().filter(run -> run.state() == state).count();
  }

  private static Optional<Warning> processors(List<RunRecord> records) {
    Map<SeedOfSetting, Set<String>> used = new HashMap<>();
    Set<String> all = new TreeSet<>();
    for (RunRecord run : records) {
      String processor = run.provenance().cpu();
      all.add(processor);
      used.computeIfAbsent(
              new SeedOfSetting(run.spec().variant().setting(), run.spec().seed()),
              none -> new HashSet<>())
          .add(processor);
    }
    int mixed = (int) used.values().stream().filter(processors -> processors.size() > 1).count();
    return mixed == 0
        ? Optional.empty()
        : Optional.of(new Warning.MixedProcessors(List.copyOf(all), mixed, used.size()));
  }

  /** What runs have in common that are compared with one another. */
  private record SeedOfSetting(String setting, long seed) {}

  private static void otherDifferences(List<Warning> warnings, List<VariantSummary> variants) {
    List<String> names =
        variants.stream()
            .filter(variant -> differsInMore(variant.variant(), variants))
            .map(VariantSummary::name)
            .toList();
    if (!names.isEmpty()) {
      warnings.add(new Warning.MoreThanThePenalty(names));
    }
  }

  private static boolean differsInMore(Variant variant, List<VariantSummary> variants) {
    return variants.stream()
        .filter(other -> other.verdict() == Verdict.BASELINE)
        .map(VariantSummary::variant)
        .filter(baseline -> baseline.setting().equals(variant.setting()))
        .findFirst()
        .filter(baseline -> !sameButPenalty(variant, baseline))
        .isPresent();
  }

  private static boolean sameButPenalty(Variant left, Variant right) {
    return left.data().equals(right.data())
        && left.network().equals(right.network())
        && left.optimizer().equals(right.optimizer())
        && left.training().equals(right.training());
  }

  private static void selection(List<Warning> warnings, Selection selection) {
    for (FamilyChoice family : selection.families()) {
      GridEdge edge = family.edge();
      // Of other families' edges their own sentence tells; only the winner's may hide a better one.
      if (edge != null
          && edge.reason() != GridEdge.Reason.IDLE_AT_LARGEST
          && family.best().equals(selection.best())) {
        warnings.add(
            new Warning.BestAtEdge(selection.setting(), selection.best(), family.family(), edge));
      }
    }
    if (!selection.notCandidates().isEmpty()) {
      warnings.add(new Warning.NotCandidates(selection.setting(), selection.notCandidates()));
    }
  }
}
