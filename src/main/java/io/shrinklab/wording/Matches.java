package io.shrinklab.wording;

import io.shrinklab.analysis.Comparison;
import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.Match;
import io.shrinklab.analysis.Matching;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.Parting;
import io.shrinklab.analysis.Verdict;
import io.shrinklab.spec.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Variants set against each other two by two, in words. */
public final class Matches {
  /** In a table, where there is nothing to show. */
  public static final String NONE = "-";

  private final Matching matching;

  private Matches(Matching matching) {
    this.matching = matching;
  }

  /** Two variants: what to know before the rest, the answer, what to do next, then the rest. */
  public static List<String> ofTwo(Matching matching) {
    Match match = matching.matches().get(0);
    String left = match.left().name();
    String right = match.right().name();
    return new Matches(matching)
        .sentences(
            match.sameTreatment()
                ? "%s and %s are the same to the bit, to the end, with every seed that both trained: one treatment, not two."
                    .formatted(right, left)
                : "%s against %s: %s; %s."
                    .formatted(
                        right,
                        left,
                        match.best().label(),
                        Verdicts.criterion(match.right(), match.best())),
            "");
  }

  /** The same of the variants of two sweeps. */
  public static List<String> ofSweeps(Matching matching, Matching.Sides sides) {
    Matches words = new Matches(matching);
    return words.sentences(
        "%s against %s, variant by variant: %s."
            .formatted(sides.rightName(), sides.leftName(), words.decisions()),
        words.same());
  }

  /** What makes pairs by seed doubtful; said before all else. */
  public static List<String> cautions(Matching matching) {
    List<String> cautions = new ArrayList<>();
    String consequence = " Splits may differ, and pairing by seed may mean nothing.";
    Matches words = new Matches(matching);
    String asked = words.names(Match::asksForOtherData);
    if (!asked.isEmpty()) {
      cautions.add("Other data, or another split, is asked for: " + asked + "." + consequence);
    }
    String read = words.names(match -> match.readOtherData() && !match.asksForOtherData());
    if (!read.isEmpty()) {
      cautions.add("The data that were read are not the same: " + read + "." + consequence);
    }
    return cautions;
  }

  private List<String> sentences(String answer, String same) {
    List<String> sentences = new ArrayList<>(cautions(matching));
    sentences.add(answer);
    sentences.add(Steps.of(matching.nextStep()));
    Answer more = new Answer(matching.sweep());
    for (String sentence : new String[] {same, more.losses(), more.otherClaim()}) {
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
    }
    return sentences;
  }

  private String names(Predicate<Match> which) {
    List<String> names = matching.matches().stream().filter(which).map(Match::name).toList();
    return names.isEmpty() ? "" : sharing(names, matching.matches().size());
  }

  private String decisions() {
    Map<String, List<String>> decisions = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      matching.matches().stream()
          .filter(match -> match.best().verdict() == verdict)
          .forEach(
              match ->
                  decisions
                      .computeIfAbsent(match.best().label(), label -> new ArrayList<>())
                      .add(match.name()));
    }
    List<String> parts = new ArrayList<>();
    decisions.forEach(
        (label, names) ->
            parts.add("%s %s (%s)".formatted(names.size(), label, Formats.some(names))));
    return String.join("; ", parts);
  }

  private String same() {
    String names = names(Match::sameTreatment);
    return names.isEmpty()
        ? ""
        : "The same to the bit, to the end, with every seed that both trained: %s. Each is one treatment, not two."
            .formatted(names);
  }

  /**
   * What two variants are compared in.
   *
   * @return rows of quantity, difference, adjusted p and decision
   */
  public static List<List<String>> quantities(Matching matching) {
    Match match = matching.matches().get(0);
    String score = "validation " + matching.sweep().scoreName();
    List<List<String>> rows = new ArrayList<>();
    List<Moment> moments = matching.sweep().moments();
    for (Moment moment : moments) {
      Comparison comparison = match.at(moment);
      rows.add(row(score, moment, comparison.score(), comparison.label()));
    }
    for (Moment moment : moments) {
      Contrast loss = match.at(moment).loss();
      rows.add(row("validation loss", moment, loss, loss.verdict().label()));
    }
    for (Moment moment : moments) {
      Contrast other = match.at(moment).otherClaim();
      if (other != null) {
        rows.add(
            row(
                score + claim(matching.sweep().judging().claim()),
                moment,
                other,
                other.verdict().label()));
      }
    }
    return rows;
  }

  /** Of the claim that was not named. */
  private static String claim(Claim named) {
    return switch (named) {
      case BEYOND_THESE_ROWS -> " on these rows alone";
      case THESE_ROWS -> " beyond these rows";
    };
  }

  private static List<String> row(String what, Moment moment, Contrast contrast, String decision) {
    return List.of(
        what + ", " + moment.label(),
        difference(contrast),
        contrast.hasInterval() ? Formats.pValue(contrast.adjustedPValue()) : NONE,
        decision);
  }

  /** A difference with its interval, for a table. */
  public static String difference(Contrast contrast) {
    return contrast.n() == 0 ? NONE : Formats.difference(contrast);
  }

  /** At which epoch two runs of a seed part, for a table. */
  public static String parting(Parting parting) {
    return switch (parting.kind()) {
      case METRICS -> Integer.toString(parting.epoch());
      case LENGTH -> parting.epoch() + ", where one had ended";
      case WEIGHTS -> "never, but the final weights differ";
      case NOTHING -> "never";
    };
  }

  /** The same over the seeds of a match: {@code 1 to 3, never with 2 seeds}. */
  public static String partings(Match match) {
    List<Parting> partings =
        match.seeds().stream().flatMap(seed -> seed.parting().stream()).toList();
    if (partings.isEmpty()) {
      return NONE;
    }
    List<Integer> epochs =
        partings.stream()
            .filter(
                each -> each.kind() == Parting.Kind.METRICS || each.kind() == Parting.Kind.LENGTH)
            .map(Parting::epoch)
            .sorted()
            .toList();
    int never = partings.size() - epochs.size();
    if (epochs.isEmpty()) {
      return match.sameTreatment() ? "never" : "never, but final weights differ";
    }
    int first = epochs.get(0);
    int last = epochs.get(epochs.size() - 1);
    return (first == last ? Integer.toString(first) : first + " to " + last)
        + (never == 0 ? "" : ", never with " + Formats.count(never, "seed"));
  }

  /** Variants that one of two sweeps has alone. */
  public static String onlyIn(String sweep, List<String> names) {
    return "Only in %s: %s.".formatted(sweep, Formats.some(names));
  }

  /** The variants that share a difference, for a table. */
  public static String sharing(List<String> names, int all) {
    return names.size() == all && all > 1 ? "all " + all : Formats.some(names);
  }
}
