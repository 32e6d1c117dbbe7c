package io.shrinklab.wording;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.analysis.StepParting;
import io.shrinklab.analysis.TugOfWar;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.PenaltySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What the steps of one run, or of two, show: in sentences with the numbers that they rest on. */
public final class StepWords {
  /** Losses within this quotient are not said to be apart. */
  private static final double APART = 1.5;

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
      String name = courses.size() == 1 ? "" : course.spec().variant().name() + ": ";
      if (course.steps() == 0) {
        sentences.add(name + "No step was taken.");
        continue;
      }
      TugOfWar tug = TugOfWar.of(course);
      sentences.add(name + late(tug, course.steps()));
      if (tug.balance() != TugOfWar.Balance.NO_PULL) {
        sentences.add(name + early(tug));
      }
    }
    return sentences;
  }

  /** How a run ended. */
  public static String end(StepCourse course) {
    RunOutcome outcome = course.outcome();
    if (outcome == null) {
      return "broke off: no outcome";
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
            "%s: a point stands for %d steps, a line for their mean, and what is shaded reaches from the smallest to the largest; the CSV file has every step."
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

  /**
   * Why one has the larger loss, where its penalty says so: the gradient of a square grows with the
   * norm, so what it would pull with at the other's norm is known.
   */
  private static void why(StepCourse weak, StepCourse fits, List<String> sentences) {
    TugOfWar tug = TugOfWar.of(weak);
    TugOfWar other = TugOfWar.of(fits);
    boolean worse = tug.lateLoss() > APART * other.lateLoss();
    boolean smaller = tug.lastNorm() < other.lastNorm();
    boolean square = isSquare(weak.spec().variant().penalty()) && tug.latePull() > 0;
    double there = tug.latePull() * other.lastNorm() / tug.lastNorm();
    if (worse && smaller && square && there > tug.hardestPush()) {
      sentences.add(
          ("%s fits the training rows less than %s since its weights shrink faster than the data can push"
                  + " them out: at the norm that %s reaches, %s, its penalty would pull with %s, and"
                  + " the data never push harder than %s. So its norm ends at %s, and its data loss"
                  + " at %s, %s times the other's %s.")
              .formatted(
                  name(weak),
                  name(fits),
                  name(fits),
                  Formats.digits(other.lastNorm()),
                  Formats.digits(there),
                  Formats.digits(tug.hardestPush()),
                  Formats.digits(tug.lastNorm()),
                  Formats.digits(tug.lateLoss()),
                  Formats.digits(tug.lateLoss() / other.lateLoss()),
                  Formats.digits(other.lateLoss())));
    }
  }

  private static boolean isSquare(PenaltySpec penalty) {
    return penalty instanceof PenaltySpec.WeightDecay
        || penalty instanceof PenaltySpec.DecoupledWeightDecay
        || (penalty instanceof PenaltySpec.Lp lp && lp.p() == 2);
  }

  private static String name(StepCourse course) {
    return course.spec().variant().name();
  }

  private static String late(TugOfWar tug, long steps) {
    String when = "Over the last %s of %d, ".formatted(Formats.count(tug.steps(), "step"), steps);
    String norm =
        "the norm of the weights went from %s to %s and the data loss from %s to %s."
            .formatted(
                Formats.digits(tug.firstNorm()),
                Formats.digits(tug.lastNorm()),
                Formats.digits(tug.earlyLoss()),
                Formats.digits(tug.lateLoss()));
    String both =
        "the penalty pulls the weights inward with %s and the data push them outward with %s"
            .formatted(Formats.digits(tug.latePull()), Formats.digits(tug.latePush()));
    return when
        + switch (tug.balance()) {
          case NO_PULL ->
              "nothing pulls the weights inward, and the data push them outward with %s: %s"
                  .formatted(Formats.digits(tug.latePush()), norm);
          case HELD ->
              both
                  + ": they hold each other. The data push only while there is loss left, so the"
                  + " data loss stays near "
                  + Formats.digits(tug.lateLoss())
                  + ".";
          case PULLED_IN -> both + ": the penalty is the stronger; " + norm;
          case PUSHED_OUT -> both + ": the data are the stronger; " + norm;
        };
  }

  private static String early(TugOfWar tug) {
    double share = tug.earlyNorm() / tug.firstNorm() - 1;
    String moved =
        Math.abs(share) < 0.005
            ? "stayed at " + Formats.digits(tug.firstNorm())
            : String.format(
                Locale.ROOT,
                "%s from %s to %s, by %.0f %%",
                share < 0 ? "fell" : "rose",
                Formats.digits(tug.firstNorm()),
                Formats.digits(tug.earlyNorm()),
                100 * Math.abs(share));
    return "In the first %s the pull was %s, the push %s, and the norm %s."
        .formatted(
            Formats.count(tug.steps(), "step"),
            Formats.digits(tug.earlyPull()),
            Formats.digits(tug.earlyPush()),
            moved);
  }

  private static String parting(StepParting parting) {
    int weights = parting.weights();
    int loss = parting.loss();
    if (weights == 1) {
      return "They begin with different weights, so their steps are no pairs.";
    }
    if (loss > 0 && (weights == 0 || loss < weights)) {
      return "They begin with the same weights and see other rows or dropout at step " + loss + ".";
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
