package io.shrinklab.wording;

import io.shrinklab.analysis.Outpulled;
import io.shrinklab.analysis.StepCourse;
import io.shrinklab.analysis.StepParting;
import io.shrinklab.analysis.TugOfWar;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.outcome.StepMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What the steps of one run, or of two, show: in sentences with the numbers that they rest on. */
public final class StepWords {
  /** Norms that move by less are said to stay. */
  private static final double MOVED = 0.005;

  private StepWords() {}

  /** The sentences, the first of which is the answer; of runs in the order of their names. */
  public static List<String> sentences(List<StepCourse> courses) {
    List<StepCourse> taken = courses.stream().filter(course -> course.steps() > 0).toList();
    List<String> sentences = new ArrayList<>();
    if (taken.size() == 2) {
      why(taken.get(0), taken.get(1), sentences);
      why(taken.get(1), taken.get(0), sentences);
      sentences.add(parting(StepParting.of(taken.get(0), taken.get(1))));
    }
    for (StepCourse course : courses) {
      RunOutcome outcome = course.outcome();
      if (outcome == null || outcome.status() != RunStatus.COMPLETED) {
        sentences.add(0, name(course) + " " + end(course) + ".");
      }
      if (course.steps() == 0) {
        sentences.add(of(course, courses.size(), "no step was taken."));
        continue;
      }
      TugOfWar tug = TugOfWar.of(course);
      sentences.add(of(course, courses.size(), late(tug, course.steps())));
      if (tug.balance() != TugOfWar.Balance.NO_PULL) {
        sentences.add(of(course, courses.size(), early(tug)));
      }
    }
    return sentences;
  }

  /** How a run ended. */
  public static String end(StepCourse course) {
    RunOutcome outcome = course.outcome();
    if (outcome == null) {
      return "broke off";
    }
    String status = outcome.status().name().toLowerCase(Locale.ROOT);
    return outcome.reason().isEmpty() ? status : status + ": " + outcome.reason();
  }

  /** What a reader has to know of the numbers, beside their documentation. */
  public static List<String> notes(List<StepCourse> courses) {
    List<String> notes = new ArrayList<>();
    List<StepCourse> taken = courses.stream().filter(course -> course.steps() > 0).toList();
    for (StepCourse course : taken) {
      if (course.first() != null && course.first().onWeights()) {
        notes.add(
            ("The penalty of %s does not act through the gradient: its pull is what its own step takes away,"
                    + " and the data's push what the optimizer's step does, both along the weights and"
                    + " divided by the learning rate.")
                .formatted(name(course)));
      }
      if (course.layersLeftOut() > 0) {
        notes.add(
            "%s: the %d largest parameters are here; the CSV file has %d more."
                .formatted(name(course), StepCourse.MOST_LAYERS, course.layersLeftOut()));
      }
      int stride = course.line(StepCourse.Quantity.DATA_LOSS).stride();
      if (stride > 1) {
        notes.add(
            "%s: a point stands for %d steps, the thick line for their mean, and the thin one reaches from the smallest to the largest; the CSV file has every step."
                .formatted(name(course), stride));
      }
    }
    if (taken.stream()
            .map(course -> course.first())
            .filter(Objects::nonNull)
            .map(StepMetrics::onWeights)
            .distinct()
            .count()
        > 1) {
      notes.add(
          "Push and pull of the two runs have different units, so compare them within a run.");
    }
    return notes;
  }

  private static void why(StepCourse course, StepCourse fits, List<String> sentences) {
    Outpulled.of(course, fits)
        .map(
            it ->
                ("%s fits the training rows less than %s: at the norm that %s reaches, %s, its penalty would pull"
                        + " with %s, and the data never push harder than %s. So its norm ends at"
                        + " %s, and its data loss at %s, %s times that of %s.")
                    .formatted(
                        name(course),
                        name(fits),
                        name(fits),
                        Formats.digits(it.other().lastNorm()),
                        Formats.digits(it.pullThere()),
                        Formats.digits(it.own().hardestPush()),
                        Formats.digits(it.own().lastNorm()),
                        Formats.digits(it.own().lateLoss()),
                        Formats.digits(it.own().lateLoss() / it.other().lateLoss()),
                        name(fits)))
        .ifPresent(sentences::add);
  }

  /** A name in front where there are two; else a capital. */
  private static String of(StepCourse course, int all, String text) {
    return all > 1
        ? name(course) + ": " + text
        : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String name(StepCourse course) {
    return course.spec().variant().name();
  }

  private static String late(TugOfWar tug, long steps) {
    String course =
        "The norm went from %s to %s, and the data loss from %s to %s."
            .formatted(
                Formats.digits(tug.firstNorm()),
                Formats.digits(tug.lastNorm()),
                Formats.digits(tug.firstLoss()),
                Formats.digits(tug.lateLoss()));
    String when = "over the last %s of %d ".formatted(count(tug), steps);
    String sides =
        when
            + "the penalty pulls the weights inward with "
            + Formats.digits(tug.latePull())
            + " and "
            + push(tug.latePush());
    return switch (tug.balance()) {
      case NO_PULL ->
          "no penalty pulls the weights inward; " + when + push(tug.latePush()) + ". " + course;
      case HELD ->
          sides
              + ": they hold each other. The data push only while there is loss left, so the data"
              + " loss stays near "
              + Formats.digits(tug.lateLoss())
              + ".";
      case PULLED_IN -> sides + ": the penalty is the stronger. " + course;
      case OVERSHOT ->
          sides
              + ": the penalty is the stronger, and its steps are longer than the weights, so they"
              + " overshoot 0. "
              + course;
      case PUSHED_OUT -> sides + ": the data are the stronger. " + course;
    };
  }

  private static String count(TugOfWar tug) {
    return tug.steps() == 1 ? "step" : Formats.count(tug.steps(), "step");
  }

  private static String push(double push) {
    return push < 0
        ? "the data pull them inward too, with " + Formats.digits(-push)
        : "the data push them outward with " + Formats.digits(push);
  }

  private static String early(TugOfWar tug) {
    double share = tug.earlyNorm() / tug.firstNorm() - 1;
    boolean moved = Math.abs(share) >= MOVED;
    String norm =
        moved
            ? String.format(
                Locale.ROOT,
                "the norm %s from %s to %s%s",
                share < 0 ? "fell" : "rose",
                Formats.digits(tug.firstNorm()),
                Formats.digits(tug.earlyNorm()),
                share < 1 ? String.format(Locale.ROOT, ", by %.0f %%", 100 * Math.abs(share)) : "")
            : "the norm stayed near " + Formats.digits(tug.firstNorm());
    boolean shrinks = moved && share < 0 && tug.firstPull() > tug.hardestPush();
    return shrinks
        ? "the pull begins with %s, and the data %s, so the weights shrink from the first step on; in the first %s %s."
            .formatted(
                Formats.digits(tug.firstPull()),
                tug.hardestPush() > 0
                    ? "never push harder than " + Formats.digits(tug.hardestPush())
                    : "never push outward",
                count(tug),
                norm)
        : "in the first %s the pull was %s, the push %s, and %s."
            .formatted(
                count(tug), Formats.digits(tug.earlyPull()), Formats.digits(tug.earlyPush()), norm);
  }

  private static String parting(StepParting parting) {
    int weights = parting.weights();
    int loss = parting.loss();
    if (weights == 1) {
      return "They begin with different weights, so their steps are no pairs.";
    }
    if (loss > 0 && (weights == 0 || loss < weights)) {
      return "They begin with the same weights and see other rows or dropout from step "
          + loss
          + " on, so their steps are no pairs.";
    }
    if (weights == 0) {
      return "All %s that both take are the same, bit for bit."
          .formatted(Formats.count(parting.common(), "step"));
    }
    return "They part at step %d: it begins with the same weights and rows, and its update is the first that differs%s."
        .formatted(
            parting.step(),
            loss == 0 ? "; no data loss does" : "; data losses differ from step " + loss + " on");
  }
}
