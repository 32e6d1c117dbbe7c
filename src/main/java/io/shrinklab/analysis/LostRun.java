package io.shrinklab.analysis;

import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A planned run that is among the results, and that no number can be taken from.
 *
 * @param spec which one
 * @param fate DAMAGED or UNREADABLE
 * @param reason the file, and what is wrong with it
 */
public record LostRun(RunSpec spec, RunFate fate, String reason) {
  /** In words, for a line of its own: {@code damaged: ...}. */
  public String line() {
    return fate.word() + ": " + reason;
  }

  /**
   * How many runs the answer lacks, of which variants, and why; to be said before the answer, which
   * might be another with them.
   */
  static String inWords(List<VariantSummary> variants) {
    int planned = variants.stream().mapToInt(variant -> variant.counts().planned()).sum();
    int damaged = variants.stream().mapToInt(variant -> variant.counts().damaged()).sum();
    int unreadable = variants.stream().mapToInt(variant -> variant.counts().unreadable()).sum();
    List<String> causes = new ArrayList<>();
    if (damaged > 0) {
      causes.add(damaged + " damaged");
    }
    if (unreadable > 0) {
      causes.add(unreadable + " unreadable");
    }
    List<String> names =
        variants.stream()
            .filter(variant -> variant.counts().lost() > 0)
            .map(variant -> variant.name() + " (" + variant.counts().lost() + ")")
            .toList();
    int lost = damaged + unreadable;
    return lost
        + " of "
        + Formats.count(planned, "run")
        + (lost == 1 ? " is" : " are")
        + " stored but left out of this answer, "
        + String.join(" and ", causes)
        + ": "
        + Formats.some(names)
        + ". With "
        + (lost == 1 ? "it" : "them")
        + " the answer may be another.";
  }
}
