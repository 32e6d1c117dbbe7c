package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Equivalence;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a reader must know before believing the verdicts. */
final class Warnings {
  private Warnings() {}

  static List<String> of(
      Experiment experiment,
      List<RunRecord> records,
      List<VariantSummary> variants,
      List<Selection> selections) {
    List<String> warnings = new ArrayList<>();
    lost(warnings, variants, "missing", "not run yet", RunCounts::missing);
    lost(warnings, variants, "failed", "failed", RunCounts::failed);
    lost(warnings, variants, "diverged", "diverged (NaN or infinite loss)", RunCounts::diverged);
    for (VariantSummary variant : variants) {
      if (Comparisons.isBaseline(experiment, variant) && variant.counts().completed() == 0) {
        warnings.add(
            "No run of the baseline " + variant.name() + " completed: nothing to compare with.");
      }
    }
    warnings.addAll(Cuts.of(records));
    otherDifferences(warnings, experiment, variants);
    for (Selection selection : selections) {
      selection(warnings, selection);
    }
    warnings.addAll(Equivalence.notes(experiment.variants()));
    return warnings;
  }

  private static void lost(
      List<String> warnings,
      List<VariantSummary> variants,
      String noun,
      String participle,
      ToIntFunction<RunCounts> count) {
    int lost = variants.stream().map(VariantSummary::counts).mapToInt(count).sum();
    if (lost == 0) {
      return;
    }
    int planned = variants.stream().mapToInt(variant -> variant.counts().planned()).sum();
    List<String> names =
        variants.stream()
            .filter(variant -> count.applyAsInt(variant.counts()) > 0)
            .map(variant -> variant.name() + " (" + count.applyAsInt(variant.counts()) + ")")
            .toList();
    warnings.add(
        lost
            + " of "
            + Formats.count(planned, "run")
            + " "
            + (noun.equals("missing") ? (lost == 1 ? "is missing: " : "are missing: ") : "")
            + participle
            + ": "
            + Formats.some(names)
            + ". Means are over completed runs only.");
  }

  private static void otherDifferences(
      List<String> warnings, Experiment experiment, List<VariantSummary> variants) {
    List<String> names = new ArrayList<>();
    for (VariantSummary variant : variants) {
      Variant baseline = baseline(experiment, variants, variant.variant().setting());
      if (baseline != null && !sameButPenalty(variant.variant(), baseline)) {
        names.add(variant.name());
      }
    }
    if (!names.isEmpty()) {
      warnings.add(
          "More than the penalty differs from the baseline (data, network, optimizer or training)"
              + " in: "
              + Formats.some(names)
              + ".");
    }
  }

  private static @Nullable Variant baseline(
      Experiment experiment, List<VariantSummary> variants, String setting) {
    return variants.stream()
        .filter(variant -> Comparisons.isBaseline(experiment, variant))
        .map(VariantSummary::variant)
        .filter(variant -> variant.setting().equals(setting))
        .findFirst()
        .orElse(null);
  }

  private static boolean sameButPenalty(Variant left, Variant right) {
    return left.data().equals(right.data())
        && left.network().equals(right.network())
        && left.optimizer().equals(right.optimizer())
        && left.training().equals(right.training());
  }

  private static void selection(List<String> warnings, Selection selection) {
    String where = selection.setting().isEmpty() ? "" : " (" + selection.setting() + ")";
    for (FamilyChoice family : selection.families()) {
      GridEdge edge = family.edge();
      // Of the other families' edges the table tells; only the winner's may hide a better one.
      if (edge != null && family.best().equals(selection.best())) {
        warnings.add(
            "The best variant"
                + where
                + ", "
                + selection.best()
                + ", has the "
                + (edge.upper() ? "largest" : "smallest")
                + " strength tried of "
                + family.family()
                + "; the best may lie outside. Add "
                + edge.proposed().stream()
                    .map(Numbers::scientific)
                    .collect(Collectors.joining(" and "))
                + ".");
      }
    }
    if (!selection.notCandidates().isEmpty()) {
      warnings.add(
          "Took no part in choosing the best"
              + where
              + ", for diverged runs or too few completed ones: "
              + Formats.some(selection.notCandidates())
              + ".");
    }
  }
}
