package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.analysis.StepParting;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import io.shrinklab.testing.ACourse;
import io.shrinklab.testing.ASpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of made-up steps, whose means are at hand. */
class StepWordsTest {
  private static final RunSpec NONE = ASpec.named("none").seed(0);
  private static final RunSpec RIDGE = lp("ridge", 2);

  private static RunSpec lp(String name, double p) {
    return ASpec.named(name)
        .penalty(
            new PenaltySpec.Lp(
                p,
                new Lambda(0.01),
                Scope.WEIGHTS,
                Method.GRADIENT,
                1e-8,
                null,
                new StrengthSchedule.Constant()))
        .seed(0);
  }

  /** Sentences of runs that broke off are those of their steps, after the first. */
  private static List<String> said(StepCourse... courses) {
    List<String> all = StepWords.sentences(List.of(courses));
    assertThat(all.subList(0, courses.length)).allMatch(first -> first.endsWith(" broke off."));
    return all.subList(courses.length, all.size());
  }

  /** 600 steps: tenths have 60. The norm falls by 0.01 a step. */
  @Test
  void twoThatHoldEachOther() {
    StepCourse held =
        ACourse.of(RIDGE)
            .norm(step -> 10 - 0.01 * (step - 1))
            .push(step -> step > 540 ? 0.152 : 0.1)
            .pull(step -> step > 540 ? 0.162 : 0.3)
            .loss(step -> step == 1 ? 2.3 : 0.2)
            .steps(600);
    assertThat(said(held))
        .containsExactly(
            "Over the last 60 steps of 600 the penalty pulls the weights inward with 0.162 and the"
                + " data push them outward with 0.152: they hold each other. The data push only"
                + " while there is loss left, so the data loss stays near 0.2.",
            "The pull begins with 0.3, and the data never push harder than 0.152, so the weights"
                + " shrink from the first step on; in the first 60 steps the norm fell from 10 to"
                + " 9.4, by 6 %.");
  }

  /** The quotient up to which they hold each other is 1.25, at either side. */
  @Test
  void theStrongerIsNamedBeyondAQuarter() {
    assertThat(said(sides(1, 1.25)).get(0)).contains(": they hold each other. ");
    assertThat(said(sides(1, 1.26)).get(0)).contains(": the penalty is the stronger. ");
    assertThat(said(sides(1.25, 1)).get(0)).contains(": they hold each other. ");
    assertThat(said(sides(1.26, 1)).get(0)).contains(": the data are the stronger. ");
    assertThat(said(sides(-0.5, 0.1)).get(0))
        .contains("the data pull them inward too, with 0.5: the penalty is the stronger. ");
  }

  private static StepCourse sides(double push, double pull) {
    return ACourse.of(RIDGE).push(step -> push).pull(step -> pull).steps(100);
  }

  @Test
  void stepsThatGoBeyondZeroAreSaidToOvershoot() {
    StepCourse far =
        ACourse.of(RIDGE)
            .pull(step -> 100)
            .norm(step -> Math.scalb(1.0, (int) step))
            .outward(step -> -3 * Math.scalb(1.0, (int) step))
            .steps(5);
    assertThat(said(far).get(0))
        .startsWith("Over the last step of 5 the penalty pulls the weights inward with 100 and")
        .contains("they overshoot 0. The norm went from 2 to 32,");
    assertThat(said(far).get(1)).endsWith("and the norm rose from 2 to 4.");
  }

  /** At a norm of 20 a ridge that pulls with 0.16 at 8 would pull with 0.4. */
  @Test
  void whyARidgeFitsLessIsSaidFirstWithTheOthersNorm() {
    StepCourse free =
        ACourse.of(NONE)
            .norm(step -> step == 1 ? 10 : 20)
            .push(step -> 0.01)
            .loss(step -> 0.01)
            .steps(100);
    assertThat(said(free, ridge(RIDGE, 0.3)).get(0))
        .isEqualTo(
            "ridge fits the training rows less than none: at the norm that none reaches, 20, its"
                + " penalty would pull with 0.4, and the data never push harder than 0.3. So its"
                + " norm ends at 8, and its data loss at 0.2, 20 times that of none.");
    assertThat(said(free, ridge(RIDGE, 0.41)).get(0)).as("data push harder").startsWith("They ");
    assertThat(said(free, ridge(lp("l3", 3), 0.3)).get(0))
        .as("of another p nobody knows")
        .startsWith("They ");
  }

  private static StepCourse ridge(RunSpec spec, double hardest) {
    return ACourse.of(spec)
        .norm(step -> step == 1 ? 10 : 8)
        .push(step -> step <= 10 ? hardest : 0.15)
        .pull(step -> 0.16)
        .loss(step -> 0.2)
        .partsAfter(1)
        .steps(100);
  }

  @Test
  void whereTwoPart() {
    StepCourse one = ACourse.of(NONE).steps(50);
    assertThat(parting(one, ACourse.of(RIDGE).steps(40)))
        .isEqualTo("All 40 steps that both take are the same, bit for bit.");
    StepCourse later = ACourse.of(RIDGE).partsAfter(7).loss(step -> step > 9 ? 2 : 1).steps(50);
    assertThat(StepParting.of(one, later)).isEqualTo(new StepParting(50, 8, 10));
    assertThat(parting(one, later))
        .isEqualTo(
            "They part at step 7: it begins with the same weights and rows, and its update is the"
                + " first that differs; data losses differ from step 10 on.");
    assertThat(parting(one, ACourse.of(RIDGE).partsAfter(0).steps(50)))
        .isEqualTo("They begin with different weights, so their steps are no pairs.");
    assertThat(parting(one, ACourse.of(RIDGE).partsAfter(5).loss(step -> 2).steps(50)))
        .isEqualTo(
            "They begin with the same weights and see other rows or dropout from step 1 on, so"
                + " their steps are no pairs.");
  }

  private static String parting(StepCourse one, StepCourse other) {
    return said(one, other).get(0);
  }

  @Test
  void aRunWithoutAStepIsSaidToHaveNone() {
    assertThat(said(ACourse.of(NONE).steps(0))).containsExactly("No step was taken.");
  }

  @Test
  void notesSayWhatIsThinnedLeftOutOrInOtherUnits() {
    assertThat(StepWords.notes(List.of(ACourse.of(NONE).steps(1200)))).isEmpty();
    // 61 parameters: 4 + 61 * 10 lines of 100,000 / 614 = 162 points; 1,200 steps need 8 each.
    StepCourse large = ACourse.of(NONE).layers(61).steps(1200);
    assertThat(StepWords.notes(List.of(large)))
        .containsExactly(
            "none: the 60 largest parameters are here; the CSV file has 1 more.",
            "none: a point stands for 8 steps, the thick line for their mean, and the thin one reaches"
                + " from the smallest to the largest; the CSV file has every step.");
    assertThat(
            StepWords.notes(
                List.of(ACourse.of(NONE).steps(5), ACourse.of(RIDGE).onWeights().steps(5))))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("The penalty of ridge does not act through the gradient: ");
  }
}
