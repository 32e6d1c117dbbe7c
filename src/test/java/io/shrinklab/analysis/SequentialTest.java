package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.spec.Looks;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequentialTest {
  private static final Looks LOOKS = Looks.doubling(10, 40);

  /** Variants that gain so much on average, with a deviation of 0.01, for the given seeds. */
  private static void run(HandMade sweep, String variant, double gain, int from, int to) {
    for (int seed = from; seed < to; seed++) {
      Random noise = new Random((31L * seed + variant.hashCode()) * 0x9E3779B97F4A7C15L);
      sweep.score(variant, seed, 0.9 + gain + 0.01 * noise.nextGaussian());
    }
  }

  private static HandMade sweep() {
    return HandMade.fixedSplit(10).none().l2("better", 1).l2("same", 2).l2("bad", 3);
  }

  private static SweepAnalysis analysis(HandMade sweep) {
    return SweepAnalysis.of(sweep.experiment(), sweep.records(), List.of(), LOOKS);
  }

  @Test
  void whatIsDecidedAtALookIsAskedNoFurther() {
    HandMade sweep = sweep();
    run(sweep, "none", 0, 0, 10);
    run(sweep, "better", 0.05, 0, 10);
    run(sweep, "same", 0, 0, 10);
    run(sweep, "bad", -0.05, 0, 10);
    SweepAnalysis first = analysis(sweep);

    assertThat(first.monitoring().taken())
        .containsExactly(new Monitoring.Look(10, List.of("better", "bad"), List.of(), 1));
    assertThat(first.monitoring().open()).containsExactly("same");
    assertThat(first.monitoring().missing()).isEqualTo(20);
    assertThat(first.nextStep()).isEqualTo(new NextStep.RunMissing(20));

    run(sweep, "none", 0, 10, 40);
    run(sweep, "same", 0, 10, 40);
    SweepAnalysis last = analysis(sweep);

    assertThat(last.monitoring().taken())
        .extracting(Monitoring.Look::seeds)
        .containsExactly(10, 20, 40);
    assertThat(last.monitoring().open()).isEmpty();
    // 40 of none and same, 10 of the two that were decided; 4 x 40 would be the fixed design.
    assertThat(last.monitoring().runs()).isEqualTo(100);
    assertThat(last.monitoring().fixed()).isEqualTo(160);
    assertThat(last.variants())
        .extracting(variant -> variant.verdict().label(), variant -> variant.counts().planned())
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("baseline", 40),
            org.assertj.core.api.Assertions.tuple("better", 10),
            org.assertj.core.api.Assertions.tuple("no difference shown", 40),
            org.assertj.core.api.Assertions.tuple("worse", 10));
    assertThat(last.warnings()).noneMatch(Warning.RunsLost.class::isInstance);
  }

  @Test
  void aDecisionStaysWhatLaterSeedsSay() {
    HandMade sweep = sweep();
    run(sweep, "none", 0, 0, 40);
    run(sweep, "better", 0.05, 0, 10);
    // Whoever runs it further by hand does not undo the look that was taken.
    run(sweep, "better", -0.2, 10, 40);
    run(sweep, "same", 0, 0, 40);
    run(sweep, "bad", -0.05, 0, 10);

    assertThat(analysis(sweep).variants().get(1).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(analysis(sweep).comparisons().get(0).score().n()).isEqualTo(10);
  }

  @Test
  void aLookIsTakenOnlyWhenAllItsRunsAreThere() {
    HandMade sweep = sweep();
    run(sweep, "none", 0, 0, 20);
    run(sweep, "better", 0.05, 0, 10);
    run(sweep, "same", 0, 0, 19);
    run(sweep, "bad", -0.05, 0, 10);
    SweepAnalysis analysis = analysis(sweep);

    assertThat(analysis.monitoring().taken())
        .extracting(Monitoring.Look::seeds)
        .containsExactly(10);
    assertThat(analysis.monitoring().missing()).isEqualTo(1);
    // Half a look's seeds are not looked at.
    assertThat(analysis.comparisons().get(2).score().n()).isEqualTo(10);
  }

  @Test
  void theErrorIsSpentOverTheLooks() {
    HandMade sweep = sweep();
    run(sweep, "none", 0, 0, 40);
    run(sweep, "better", 0, 0, 40);
    run(sweep, "same", 0, 0, 40);
    run(sweep, "bad", 0, 0, 40);
    List<Comparison> last = analysis(sweep).comparisons();

    // Lan and DeMets' function of Pocock's kind with 10, 20 and 40 of 40 seeds spends 0.017867,
    // 0.030990 and 0.05 in all, so the last look 0.019010: 0.38 of what one look alone has.
    double alone =
        SweepAnalysis.of(Looks.doubling(10, 40).extend(sweep.experiment()), sweep.records())
            .comparisons()
            .get(0)
            .score()
            .level();
    assertThat(last.get(0).score().level() / alone).isCloseTo(0.38, within(0.03));
  }

  @Test
  void whereSplitsOverlapSeedsEndWhereRowsBegin() {
    HandMade sweep = HandMade.splitPerSeed(10).none().l2("same", 1);
    run(sweep, "none", 0, 0, 40);
    run(sweep, "same", 0, 0, 40);
    Monitoring monitoring = analysis(sweep).monitoring();

    // With a ratio r, (1 / 2n + r) / (1 / n + r) is above 0.81 from 1.63 / r seeds on.
    assertThat(monitoring.taken())
        .last()
        .satisfies(look -> assertThat(look.needRows()).containsExactly("same"));
    assertThat(monitoring.open()).isEmpty();
    assertThat(monitoring.runs()).isLessThan(monitoring.fixed() + 1);
  }
}
