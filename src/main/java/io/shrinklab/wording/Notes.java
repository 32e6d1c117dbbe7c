package io.shrinklab.wording;

import io.shrinklab.analysis.LostRun;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.Warning;
import io.shrinklab.spec.DecayRule;
import io.shrinklab.spec.Equivalence;
import io.shrinklab.spec.KindTable;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The warnings in words. */
public final class Notes {
  /** Names of a misfit before "and N more". */
  private static final int NAMED = 3;

  private static final KindTable<Warning, String> NOTES =
      KindTable.<Warning, String>of(Warning.class)
          .on(Warning.RunsLost.class, Notes::lost)
          .on(
              Warning.BaselineLost.class,
              it ->
                  "No run of the baseline %s completed: nothing to compare with."
                      .formatted(it.baseline()))
          .on(Warning.RunsCut.class, Notes::cut)
          .on(Warning.NotConverged.class, Notes::notConverged)
          .on(
              Warning.JudgedEarly.class,
              it ->
                  ("Linear fits on full batches are judged at their best epoch, %s of %s on average:"
                          + " as stopped early, not at the optima of their penalties. For those:"
                          + " \"training\": {\"selection\": \"last\"}.")
                      .formatted(Formats.epochs(it.best()), Formats.epochs(it.last())))
          .on(
              Warning.MomentsOfCutRuns.class,
              it ->
                  "Of runs that were cut short, the best epoch is the best until then, and the last"
                      + " epoch is the one they ended at; what they would have reached is not known.")
          .on(
              Warning.MixedProcessors.class,
              it ->
                  ("Runs were trained on %s kinds of processors (%s), and under %s of %s seeds on more"
                          + " than one: the last digits of those differ for that reason alone.")
                      .formatted(
                          it.processors().size(),
                          String.join("; ", it.processors()),
                          it.mixed(),
                          it.seeds()))
          .on(
              Warning.MoreThanThePenalty.class,
              it ->
                  ("More than the penalty differs from the baseline (data, network, optimizer or"
                          + " training) in: %s.")
                      .formatted(Formats.some(it.variants())))
          .on(
              Warning.BestAtEdge.class,
              it ->
                  ("The best variant%s, %s, has the %s strength tried of %s, and the score still"
                          + " rises towards it by more than its error. Add %s.")
                      .formatted(
                          where(it.setting()),
                          it.variant(),
                          Choices.extreme(it.edge()),
                          it.family(),
                          Choices.proposed(it.edge())))
          .on(
              Warning.NotCandidates.class,
              it ->
                  ("Took no part in choosing the best%s, for diverged runs or too few completed"
                          + " ones: %s.")
                      .formatted(where(it.setting()), Formats.some(it.variants())))
          .on(Warning.Alike.class, it -> alike(it.group()))
          .on(Warning.DecayMisfit.class, it -> misfit(it.misfit()))
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
    long runs = runs(lost.variants());
    String end =
        switch (lost.state()) {
          case MISSING -> (runs == 1 ? "is" : "are") + " missing: not run yet";
          case FAILED -> "failed";
          case DIVERGED -> "diverged (NaN or infinite loss)";
          case COMPLETED, DAMAGED, UNREADABLE -> lost.state().word();
        };
    return "%s of %s %s: %s. Means are over completed runs only."
        .formatted(runs, Formats.count(lost.planned(), "run"), end, tallies(lost.variants()));
  }

  private static String cut(Warning.RunsCut cut) {
    long runs = runs(cut.variants());
    String end =
        switch (cut.cut()) {
          case PATIENCE -> "stopped early, out of patience";
          case PRUNING -> "pruned as hopeless";
          case CONVERGED -> "ended once converged";
        };
    return "%s of %s %s %s, after %s: %s. That left out %s of the %s planned."
        .formatted(
            runs,
            Formats.count(cut.runs(), "run"),
            runs == 1 ? "was" : "were",
            end,
            (cut.fewestEpochs() == cut.mostEpochs() ? "" : cut.fewestEpochs() + " to ")
                + Formats.count(cut.mostEpochs(), "epoch"),
            tallies(cut.variants()),
            cut.leftOut(),
            Formats.count(cut.planned(), "epoch"));
  }

  private static String notConverged(Warning.NotConverged off) {
    long runs = runs(off.variants());
    return ("%s of %s on full batches %s not converged: %s. They violate the optimality condition by"
            + " up to %s, where %s is asked for (optimality_violation in runs.csv), so coefficients"
            + " and zeros at the end are not yet the penalty's. Raise epochs or the learning rate,"
            + " or add momentum; a penalty with a corner needs \"method\": \"proximal\".")
        .formatted(
            runs,
            Formats.count(off.measured(), "linear fit"),
            runs == 1 ? "has" : "have",
            tallies(off.variants()),
            String.format(Locale.ROOT, "%.1e", off.worst()),
            Numbers.scientific(off.tolerance()));
  }

  private static long runs(List<Warning.Tally> tallies) {
    return tallies.stream().mapToLong(Warning.Tally::runs).sum();
  }

  private static String tallies(List<Warning.Tally> tallies) {
    return Formats.some(
        tallies.stream().map(tally -> tally.variant() + " (" + tally.runs() + ")").toList());
  }

  private static String where(String setting) {
    return setting.isEmpty() ? "" : " (" + setting + ")";
  }

  /** That variants are alike. */
  public static String alike(Equivalence.Group group) {
    int size = group.variants().size();
    return switch (group.likeness()) {
          case SAME_TREATMENT -> "The same treatment under " + size + " names: ";
          case SAME_BUT_FOR_SCOPE -> "Different only in which parameters are penalized: ";
        }
        + Formats.some(group.variants(), size)
        + ".";
  }

  /** That a rule set penalties against decays which it does not fit. */
  public static String misfit(DecayRule.Misfit misfit) {
    return ("%s %s not match %s: half the decay times the learning rate, as matchWeightDecay has it,"
            + " is lambda %s, but under its optimizer this decay is L2 with lambda %s"
            + " (docs/weight-decay.md).")
        .formatted(
            Formats.some(misfit.penalties(), NAMED),
            misfit.penalties().size() == 1 ? "does" : "do",
            Formats.some(misfit.decays(), NAMED),
            Numbers.scientific(misfit.lambda()),
            Numbers.scientific(misfit.equal()));
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
    return "%s%s equal a training row in everything that is predicted from (seed %s%s)."
        .formatted(
            leak.setting().isEmpty() ? "" : leak.setting() + ": ",
            String.join(" and ", parts),
            leak.seed(),
            leak.seeds() > 1
                ? ", the most; %s of %s seeds have such rows"
                    .formatted(leak.leaking(), leak.seeds())
                : "");
  }
}
