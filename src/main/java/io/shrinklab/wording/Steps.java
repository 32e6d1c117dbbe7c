package io.shrinklab.wording;

import io.shrinklab.analysis.NextStep;
import io.shrinklab.analysis.Rule;
import io.shrinklab.spec.KindTable;
import java.util.List;

/** What to do next, in a sentence. */
final class Steps {
  /** Names listed before "and N more". */
  private static final int NAMED = 3;

  private static final KindTable<NextStep, String> STEPS =
      KindTable.<NextStep, String>of(NextStep.class)
          .on(
              NextStep.RunMissing.class,
              it ->
                  "Next: train what this lacks, %s; the answer may be another with %s."
                      .formatted(Formats.count(it.runs(), "run"), it.runs() == 1 ? "it" : "them"))
          .on(
              NextStep.ExtendGrid.class,
              it ->
                  "Next: add %s to %s, whose best is the %s strength tried and whose curve still moves there."
                      .formatted(
                          Choices.proposed(it.edge()), it.family(), Choices.extreme(it.edge())))
          .on(NextStep.MoreSeeds.class, Steps::seeds)
          .on(
              NextStep.MoreRows.class,
              it ->
                  ("Next: more rows, not more seeds: %s, and however many seeds redraw these"
                          + " rows, only a difference of %s or more would be found %s (asked: %s).")
                      .formatted(
                          open(it.open()),
                          Formats.score(it.reachable()),
                          Formats.chance(Rule.POWER),
                          Formats.score(it.difference())))
          .on(NextStep.Nothing.class, it -> "Nothing is left open: every comparison is decided.")
          .total();

  private Steps() {}

  static String of(NextStep step) {
    return STEPS.get(step);
  }

  private static String seeds(NextStep.MoreSeeds it) {
    return Double.isNaN(it.difference())
        ? "Next: %s, so that differences can be told from luck."
            .formatted(Formats.count(it.seeds(), "seed"))
        : "Next: %s in all would find a difference of %s %s; %s."
            .formatted(
                Formats.count(it.seeds(), "seed"),
                Formats.score(it.difference()),
                Formats.chance(Rule.POWER),
                open(it.open()));
  }

  private static String open(List<String> variants) {
    return Formats.some(variants, NAMED) + (variants.size() == 1 ? " is open" : " are open");
  }
}
