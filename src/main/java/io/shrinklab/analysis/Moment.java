package io.shrinklab.analysis;

import java.util.List;
import java.util.Locale;

/** The epoch at which runs are looked at. */
public enum Moment {
  /** The epoch that each run's validation score chose: for someone who may stop early. */
  BEST_EPOCH("best epoch"),
  /** The last epoch: for someone who trains to the end. */
  LAST_EPOCH("last epoch");

  /**
   * The moments at which a sweep is judged, the decisive one first: both, or the last epoch alone
   * where it is every completed run's best one too, by chance or since {@code training.selection}
   * says so. The same numbers are then one comparison.
   */
  static List<Moment> of(List<VariantSummary> variants) {
    List<RunSummary> completed =
        variants.stream()
            .flatMap(variant -> variant.runs().stream())
            .filter(RunSummary::completed)
            .toList();
    boolean one = completed.stream().allMatch(RunSummary::endsAtBest);
    return one && !completed.isEmpty() ? List.of(LAST_EPOCH) : List.of(BEST_EPOCH, LAST_EPOCH);
  }

  private final String label;

  Moment(String label) {
    this.label = label;
  }

  /** At the beginning of a title: {@code Best epoch}. */
  public String title() {
    return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
  }

  /** For people: {@code best epoch}. */
  public String label() {
    return label;
  }
}
