package io.shrinklab.wording;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.Monitoring;
import io.shrinklab.analysis.Reason;
import io.shrinklab.analysis.Rule;
import io.shrinklab.analysis.Selection;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.analysis.Verdict;
import io.shrinklab.spec.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sweep in a few plain sentences: the answer, what to do next, then the rest. */
public final class Answer {
  /** Names listed before "and N more". */
  private static final int NAMED = 3;

  private final SweepAnalysis analysis;
  private final List<VariantSummary> variants;

  Answer(SweepAnalysis analysis) {
    this.analysis = analysis;
    this.variants = analysis.variants();
  }

  /** The answer first; where stored runs could not be used, that before it. */
  public static List<String> of(SweepAnalysis analysis) {
    return new Answer(analysis).sentences();
  }

  private List<String> sentences() {
    List<String> answer = new ArrayList<>();
    if (variants.stream().anyMatch(variant -> variant.counts().lost() > 0)) {
      answer.add(lost());
    }
    if (variants.stream().allMatch(variant -> variant.counts().completed() == 0)) {
      answer.add("No run has completed yet, so there is nothing to say.");
      return answer;
    }
    answer.add(first());
    answer.add(Steps.of(analysis.nextStep()));
    for (String sentence :
        new String[] {verdicts(), best(), lastEpoch(), losses(), otherClaim(), looks()}) {
      if (!sentence.isEmpty()) {
        answer.add(sentence);
      }
    }
    return answer;
  }

  /** Said before the answer, which might be another with the runs that it lacks. */
  private String lost() {
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
    boolean one = damaged + unreadable == 1;
    return "%s of %s %s stored but left out of this answer, %s: %s. With %s the answer may be another."
        .formatted(
            damaged + unreadable,
            Formats.count(planned, "run"),
            one ? "is" : "are",
            String.join(" and ", causes),
            Formats.some(names),
            one ? "it" : "them");
  }

  /** Whether any variant beats its baseline; by how much, or how much is ruled out. */
  private String first() {
    List<Comparison> compared = at(analysis.decisive());
    if (compared.isEmpty()) {
      return "There is no other variant to compare with the baseline.";
    }
    List<Comparison> better = with(compared, Verdict.BETTER);
    if (!better.isEmpty()) {
      Comparison most =
          better.stream()
              .max(Comparator.comparingDouble(each -> each.score().mean()))
              .orElseThrow();
      return "%s beats %s: %s validation %s (%s)%s."
          .formatted(
              most.variant(),
              most.baseline(),
              Formats.difference(most.score()),
              analysis.scoreName(),
              seeds(most.score()),
              better.size() == 1
                  ? ""
                  : "; %s more %s better too"
                      .formatted(better.size() - 1, better.size() == 2 ? "is" : "are"));
    }
    List<Comparison> tested = compared.stream().filter(each -> each.score().hasInterval()).toList();
    if (tested.isEmpty()) {
      return "Nothing can be told from luck yet: no variant and its baseline have three completed"
          + " seeds in common.";
    }
    List<Comparison> open =
        tested.stream().filter(each -> each.verdict() != Verdict.WORSE).toList();
    String baseline = compared.get(0).baseline();
    String nothing =
        "No variant is shown to beat %s".formatted(settings() == 1 ? baseline : "its baseline");
    if (open.isEmpty()) {
      return nothing
          + (tested.size() == 1 ? ": the other is worse." : ": the others are all worse.");
    }
    double gain = open.stream().mapToDouble(each -> each.score().high()).max().orElseThrow();
    int equivalent = with(tested, Verdict.EQUIVALENT).size();
    return "%s on validation %s: %sa gain of more than %s is ruled out%s."
        .formatted(
            nothing,
            analysis.scoreName(),
            equivalent == 0
                ? ""
                : "%s of %s %s equivalent within %s, "
                    .formatted(
                        equivalent,
                        tested.size(),
                        equivalent == 1 ? "is" : "are",
                        Numbers.plain(analysis.judging().margin())),
            Formats.score(Math.max(0, gain)),
            open.size() == 1 ? "" : " for all");
  }

  private long settings() {
    return variants.stream().map(each -> each.variant().setting()).distinct().count();
  }

  private List<Comparison> at(Moment moment) {
    return analysis.comparisons().stream().filter(each -> each.moment() == moment).toList();
  }

  private static List<Comparison> with(List<Comparison> comparisons, Verdict verdict) {
    return comparisons.stream().filter(each -> each.verdict() == verdict).toList();
  }

  private static String seeds(Contrast contrast) {
    return Formats.count(contrast.n(), "seed");
  }

  /** Who has which verdict; those of whom no difference is shown are counted. */
  private String verdicts() {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      if (verdict == Verdict.WORSE) {
        worse(parts);
        continue;
      }
      List<String> names = names(variant -> variant.verdict() == verdict);
      String said = Verdicts.said(verdict, names.size() > 1);
      if (!names.isEmpty() && !said.isEmpty()) {
        parts.add(Formats.some(names, NAMED) + " " + said);
      }
    }
    List<String> unstable =
        names(variant -> variant.reason() == Reason.UNSTABLE && variant.verdict() != Verdict.WORSE);
    if (!unstable.isEmpty()) {
      parts.add(
          Formats.some(unstable, NAMED)
              + (unstable.size() == 1 ? " is" : " are")
              + " unstable, some runs diverged");
    }
    int none = names(variant -> variant.verdict() == Verdict.NO_DIFFERENCE_SHOWN).size();
    if (none > 0 && !parts.isEmpty()) {
      parts.add("no difference is shown for " + (none == 1 ? "one other" : "the other " + none));
    }
    String said =
        parts.isEmpty()
            ? ""
            : "At the %s %s.".formatted(analysis.decisive().label(), String.join("; ", parts));
    List<String> overfitting = names(VariantSummary::overfits);
    return overfitting.isEmpty()
        ? said
        : "%sBy the last epoch %s %s."
            .formatted(
                said.isEmpty() ? "" : said + " ",
                Formats.some(overfitting, NAMED),
                overfitting.size() == 1 ? "overfits" : "overfit");
  }

  private void worse(List<String> parts) {
    List<String> unexplained =
        names(variant -> variant.verdict() == Verdict.WORSE && variant.reason() == null);
    if (!unexplained.isEmpty()) {
      parts.add(
          Formats.some(unexplained, NAMED)
              + " "
              + Verdicts.said(Verdict.WORSE, unexplained.size() > 1));
    }
    for (Reason reason : Reason.values()) {
      List<String> names =
          names(variant -> variant.verdict() == Verdict.WORSE && variant.reason() == reason);
      if (!names.isEmpty()) {
        parts.add(
            "%s %s worse and %s"
                .formatted(
                    Formats.some(names, NAMED),
                    names.size() == 1 ? "is" : "are",
                    Verdicts.said(reason, names.size() > 1)));
      }
    }
  }

  private List<String> names(Predicate<VariantSummary> which) {
    return variants.stream().filter(which).map(VariantSummary::name).toList();
  }

  /** The highest mean, which is no claim that it is more than luck. */
  private String best() {
    List<Selection> selections = analysis.selections();
    if (selections.isEmpty()) {
      return "No two variants completed the same seeds yet, so none can be called the best.";
    }
    Selection best =
        selections.stream()
            .max(Comparator.comparingDouble(selection -> selection.validationScore().mean()))
            .orElseThrow();
    return "Highest mean validation %s%s: %s, %s over %s."
        .formatted(
            analysis.scoreName(),
            selections.size() == 1 ? "" : " of " + selections.size() + " settings",
            best.best(),
            Formats.score(best.validationScore().mean()),
            Formats.count(best.validationScore().n(), "seed"));
  }

  /** What the penalty is worth to someone who does not stop early. */
  private String lastEpoch() {
    if (analysis.moments().size() == 1) {
      return Verdicts.oneMoment(analysis);
    }
    List<Comparison> last =
        at(Moment.LAST_EPOCH).stream().filter(each -> each.score().hasInterval()).toList();
    if (last.isEmpty()) {
      return "";
    }
    List<Comparison> better = with(last, Verdict.BETTER);
    if (better.isEmpty()) {
      return "At the last epoch no variant is shown to be better than the baseline.";
    }
    Comparison most =
        better.stream().max(Comparator.comparingDouble(each -> each.score().mean())).orElseThrow();
    Comparison early = find(most.variant(), Moment.BEST_EPOCH);
    return "Without early stopping %s%s helps most: %s at the last epoch, against %s at the best epoch."
        .formatted(
            settings() == 1
                ? ""
                : "a variant is better than the baseline in %s of %s settings; "
                    .formatted(settings(better), settings(last)),
            most.variant(),
            Formats.difference(most.score()),
            Formats.difference(early == null ? Double.NaN : early.score().mean()));
  }

  private static long settings(List<Comparison> comparisons) {
    return comparisons.stream().map(Comparison::setting).distinct().count();
  }

  /** Whom the loss tells from the baseline where the score does not. */
  String losses() {
    List<String> parts = new ArrayList<>();
    for (Moment moment : analysis.moments()) {
      for (Verdict verdict : List.of(Verdict.BETTER, Verdict.WORSE)) {
        List<Comparison> found =
            at(moment).stream()
                .filter(each -> each.loss().verdict() == verdict && each.verdict() != verdict)
                .sorted(Comparator.comparingDouble(each -> -Math.abs(each.loss().mean())))
                .toList();
        if (!found.isEmpty()) {
          Comparison most = found.get(0);
          parts.add(
              "%s at the %s for %s (%s)"
                  .formatted(
                      verdict == Verdict.BETTER ? "lower" : "higher",
                      moment.label(),
                      found.size() == 1
                          ? most.variant()
                          : found.size() + " variants, most for " + most.variant(),
                      Formats.difference(most.loss())));
        }
      }
    }
    return parts.isEmpty()
        ? ""
        : "Validation loss sees what the score does not: " + String.join("; ", parts) + ".";
  }

  /** What would be decided under the claim that the experiment did not name. */
  String otherClaim() {
    List<Comparison> both =
        at(analysis.decisive()).stream()
            .filter(each -> each.otherClaim() != null && each.score().hasInterval())
            .toList();
    if (both.isEmpty()) {
      return "";
    }
    List<String> changed =
        both.stream()
            .filter(each -> other(each).verdict() != each.score().verdict())
            .map(each -> each.variant() + " " + other(each).verdict().label())
            .toList();
    String reads =
        changed.isEmpty()
            ? "the decisions at the " + analysis.decisive().label() + " are the same"
            : "the " + analysis.decisive().label() + " would read: " + Formats.some(changed);
    return switch (analysis.judging().claim()) {
      case BEYOND_THESE_ROWS ->
          "This is about data beyond these rows; on these rows alone, split again, " + reads + ".";
      case THESE_ROWS -> "This is about these rows alone, split again; beyond them " + reads + ".";
    };
  }

  /** Who was decided when, and what that saved. */
  private String looks() {
    Monitoring monitoring = analysis.monitoring();
    if (monitoring == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    for (Monitoring.Look look : monitoring.taken()) {
      List<String> happened = new ArrayList<>();
      if (!look.decided().isEmpty()) {
        happened.add(Formats.some(look.decided(), NAMED) + " decided");
      }
      if (!look.needRows().isEmpty()) {
        happened.add(
            Formats.some(look.needRows(), NAMED)
                + (look.needRows().size() == 1 ? " needs" : " need")
                + " more rows, not more seeds");
      }
      parts.add(
          "after %s seeds %s, %s open"
              .formatted(
                  look.seeds(),
                  happened.isEmpty() ? "none decided" : String.join(" and ", happened),
                  look.open()));
    }
    return "Looked at %s: %s. %s were asked for, where %s seeds for every variant are %s; the error of %s holds over all looks."
        .formatted(
            Formats.count(monitoring.taken().size(), "time"),
            parts.isEmpty() ? "the first look waits for its runs" : String.join("; ", parts),
            Formats.count(monitoring.runs(), "run"),
            monitoring.most(),
            monitoring.fixed(),
            Formats.percent(Rule.LEVEL));
  }

  private static Contrast other(Comparison comparison) {
    return Objects.requireNonNull(comparison.otherClaim());
  }

  private @Nullable Comparison find(String variant, Moment moment) {
    return at(moment).stream()
        .filter(comparison -> comparison.variant().equals(variant))
        .findFirst()
        .orElse(null);
  }
}
