package io.shrinklab.analysis;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Looks;
import io.shrinklab.spec.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sweep that is looked at several times, decided look by look from its records alone: whoever
 * reads them later comes to the same decisions.
 *
 * <p>The error is spent over the looks by Lan and DeMets (1983) with their function of Pocock's
 * kind, so that no look is worth next to nothing; each look spends its part by itself. That is a
 * union bound, which holds whatever the looks have in common: where splits overlap, the rows' own
 * part of a difference is the same at every look, and the usual independent increments are not to
 * be had. Variants that are decided leave the family (Holm's argument: until the first error all
 * true null hypotheses are still in it).
 */
final class Sequential {
  /**
   * Further seeds are no use where twice as many shrink the error by less than a tenth: its square
   * to more than this.
   */
  private static final double SHRUNK = 0.81;

  private final Experiment experiment;
  private final Looks looks;
  private final Map<String, Integer> seeds = new HashMap<>();
  private final Map<String, List<Comparison>> comparisons = new HashMap<>();
  private final List<Monitoring.Look> taken = new ArrayList<>();
  private List<Variant> open;
  private long missing;
  private int reached;

  private Sequential(Experiment experiment, Looks looks) {
    this.experiment = experiment;
    this.looks = looks;
    open =
        experiment.variants().stream().filter(variant -> !experiment.isBaseline(variant)).toList();
    reached = looks.sizes().get(0);
  }

  /**
   * Takes every look for which all runs are there.
   *
   * @param experiment with the seeds of the last look
   */
  static Sequential of(
      Experiment experiment, List<RunRecord> records, List<LostRun> lost, Looks looks) {
    Sequential sequential = new Sequential(experiment, looks);
    for (int look = 0; look < looks.sizes().size() && !sequential.open.isEmpty(); look++) {
      if (!sequential.look(look, records, lost)) {
        break;
      }
    }
    return sequential;
  }

  /** Whether the look could be taken. */
  private boolean look(int look, List<RunRecord> records, List<LostRun> lost) {
    int size = looks.sizes().get(look);
    List<Variant> asked =
        experiment.variants().stream()
            .filter(variant -> experiment.isBaseline(variant) || open.contains(variant))
            .toList();
    Experiment here = experiment.withSeeds(experiment.seeds().subList(0, size)).withVariants(asked);
    List<VariantSummary> summaries = Summaries.of(here, records, lost);
    missing = summaries.stream().mapToLong(each -> each.counts().absent()).sum();
    if (missing > 0 && look > 0) {
      return false;
    }
    reached = size;
    open.forEach(variant -> seeds.put(variant.name(), size));
    Map<String, List<Comparison>> found = new HashMap<>();
    for (Comparison comparison : Comparisons.of(here, summaries, records, level(look))) {
      found.computeIfAbsent(comparison.variant(), name -> new ArrayList<>()).add(comparison);
    }
    comparisons.putAll(found);
    if (missing > 0) {
      return false;
    }
    List<String> decided = new ArrayList<>();
    List<String> needRows = new ArrayList<>();
    List<Variant> still = new ArrayList<>();
    for (Variant variant : open) {
      Comparison decisive = comparisons.getOrDefault(variant.name(), List.of()).get(0);
      if (decisive.verdict().settled()) {
        decided.add(variant.name());
      } else if (needsRows(decisive)) {
        needRows.add(variant.name());
      } else {
        still.add(variant);
      }
    }
    open = still;
    taken.add(new Monitoring.Look(size, decided, needRows, still.size()));
    return true;
  }

  private static boolean needsRows(Comparison comparison) {
    double now = 1.0 / comparison.score().n();
    return (now / 2 + comparison.ratio()) / (now + comparison.ratio()) > SHRUNK;
  }

  /** What this look may spend: Lan and DeMets' alpha * ln(1 + (e - 1) t), t the share of seeds. */
  private double level(int look) {
    return spent(look) - (look == 0 ? 0 : spent(look - 1));
  }

  private double spent(int look) {
    double share = (double) looks.sizes().get(look) / looks.most();
    return Rule.LEVEL * Math.log(1 + (Math.E - 1) * share);
  }

  /** The seeds that a variant was asked with so far. */
  List<Long> seeds(Variant variant) {
    int size =
        experiment.isBaseline(variant) ? reached : seeds.getOrDefault(variant.name(), reached);
    return experiment.seeds().subList(0, size);
  }

  /** Of each variant at the last look that it was in, in the experiment's order. */
  List<Comparison> comparisons() {
    return experiment.variants().stream()
        .flatMap(variant -> comparisons.getOrDefault(variant.name(), List.of()).stream())
        .toList();
  }

  /** How it went. */
  Monitoring monitoring() {
    long runs = experiment.variants().stream().mapToLong(each -> seeds(each).size()).sum();
    boolean done = reached == looks.most();
    return new Monitoring(
        taken,
        done && missing == 0 ? List.of() : open.stream().map(Variant::name).toList(),
        missing,
        looks.most(),
        runs,
        (long) experiment.variants().size() * looks.most());
  }
}
