package io.shrinklab.wording;

import io.shrinklab.analysis.LostRun;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.Warning;
import io.shrinklab.spec.Equivalence;
import io.shrinklab.spec.KindTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The warnings in words. */
public final class Notes {
  private static final KindTable<Warning, String> NOTES =
      KindTable.<Warning, String>of(Warning.class)
          .on(Warning.RunsLost.class, Notes::lost)
          .on(
              Warning.BaselineLost.class,
              it ->
                  "No run of the baseline "
                      + it.baseline()
                      + " completed: nothing to compare with.")
          .on(Warning.RunsCut.class, Notes::cut)
          .on(
              Warning.MomentsOfCutRuns.class,
              it ->
                  "Of runs that were cut short, the best epoch is the best until then, and the last"
                      + " epoch is the one they ended at; what they would have reached is not known.")
          .on(
              Warning.MoreThanThePenalty.class,
              it ->
                  "More than the penalty differs from the baseline (data, network, optimizer or"
                      + " training) in: "
                      + Formats.some(it.variants())
                      + ".")
          .on(Warning.BestAtEdge.class, Notes::edge)
          .on(
              Warning.NotCandidates.class,
              it ->
                  "Took no part in choosing the best"
                      + where(it.setting())
                      + ", for diverged runs or too few completed ones: "
                      + Formats.some(it.variants())
                      + ".")
          .on(Warning.Alike.class, it -> alike(it.group()))
          .on(Warning.Leak.class, Notes::leak)
          .total();

  private Notes() {}

  /** One run that cannot be used, on a line of its own. */
  public static String of(LostRun run) {
    return run.fate().word() + ": " + run.reason();
  }

  /** A sentence per warning. */
  public static List<String> of(List<? extends Warning> warnings) {
    return warnings.stream().map(NOTES::get).toList();
  }

  /** Everything to be known before the scores are trusted: warnings, and what leaks. */
  public static List<String> all(SweepAnalysis analysis) {
    return of(Stream.concat(analysis.warnings().stream(), analysis.leaks().stream()).toList());
  }

  private static String lost(Warning.RunsLost lost) {
    long runs = lost.variants().stream().mapToLong(Warning.Tally::runs).sum();
    String end =
        switch (lost.state()) {
          case MISSING -> (runs == 1 ? "is" : "are") + " missing: not run yet";
          case FAILED -> "failed";
          case DIVERGED -> "diverged (NaN or infinite loss)";
          case COMPLETED, DAMAGED, UNREADABLE -> lost.state().word();
        };
    return runs
        + " of "
        + Formats.count(lost.planned(), "run")
        + " "
        + end
        + ": "
        + tallies(lost.variants())
        + ". Means are over completed runs only.";
  }

  private static String cut(Warning.RunsCut cut) {
    long runs = cut.variants().stream().mapToLong(Warning.Tally::runs).sum();
    return runs
        + " of "
        + Formats.count(cut.runs(), "run")
        + (runs == 1 ? " was " : " were ")
        + switch (cut.cut()) {
          case PATIENCE -> "stopped early, out of patience";
          case PRUNING -> "pruned as hopeless";
        }
        + ", after "
        + (cut.fewestEpochs() == cut.mostEpochs()
            ? Formats.count(cut.fewestEpochs(), "epoch")
            : cut.fewestEpochs() + " to " + cut.mostEpochs() + " epochs")
        + ": "
        + tallies(cut.variants())
        + ". That left out "
        + cut.leftOut()
        + " of the "
        + Formats.count(cut.planned(), "epoch")
        + " planned.";
  }

  private static String tallies(List<Warning.Tally> tallies) {
    return Formats.some(
        tallies.stream().map(tally -> tally.variant() + " (" + tally.runs() + ")").toList());
  }

  private static String edge(Warning.BestAtEdge best) {
    return "The best variant"
        + where(best.setting())
        + ", "
        + best.variant()
        + ", has the "
        + Choices.extreme(best.edge())
        + " strength tried of "
        + best.family()
        + "; the best may lie outside. Add "
        + Choices.proposed(best.edge())
        + ".";
  }

  private static String where(String setting) {
    return setting.isEmpty() ? "" : " (" + setting + ")";
  }

  /** That variants are alike. */
  public static String alike(Equivalence.Group group) {
    List<String> names = group.variants();
    return switch (group.likeness()) {
          case SAME_TREATMENT -> "The same treatment under " + names.size() + " names: ";
          case SAME_BUT_FOR_SCOPE -> "Different only in which parameters are penalized: ";
        }
        + Formats.some(names, names.size())
        + ".";
  }

  private static String leak(Warning.Leak leak) {
    List<String> parts = new ArrayList<>();
    if (leak.equal().validation() > 0) {
      parts.add(
          leak.equal().validation() + " of " + leak.sizes().validation() + " validation rows");
    }
    if (leak.equal().test() > 0) {
      parts.add(leak.equal().test() + " of " + leak.sizes().test() + " test rows");
    }
    return (leak.setting().isEmpty() ? "" : leak.setting() + ": ")
        + String.join(" and ", parts)
        + " equal a training row in everything that is predicted from (seed "
        + leak.seed()
        + (leak.seeds() > 1
            ? ", the most; " + leak.leaking() + " of " + leak.seeds() + " seeds have such rows"
            : "")
        + ").";
  }
}
