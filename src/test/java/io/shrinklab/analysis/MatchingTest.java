package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ARun;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {
  private static final List<Long> SEEDS = List.of(0L, 1L, 2L);

  /** Student's t of 7 with 2 degrees of freedom, two-sided: 1 - t / sqrt(2 + t^2). */
  private static final double P = 1 - 7 / Math.sqrt(51);

  /** Adjusted p values are shares of 10,000 draws; three and a half standard errors. */
  private static final double DRAWN = 0.005;

  /** Differences of 0.02, 0.02 and 0.03: standard error 0.01 / 3, so t = 7. */
  private static HandMade gaining() {
    return HandMade.fixedSplit(3)
        .none()
        .l2("l2", 0.01)
        .l2("idle", 1)
        .scores("none", .90, .91, .92)
        .scores("l2", .92, .93, .95)
        .scores("idle", .90, .91, .92);
  }

  private static Side side(HandMade sweep) {
    return new Side(sweep.records(), List.of());
  }

  private static Variant variant(HandMade sweep, String name) {
    return sweep.experiment().variants().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Matching two(HandMade sweep, String left, String right) {
    return Matching.ofTwo(
        new Matching.Pair("pair", variant(sweep, left), variant(sweep, right)),
        side(sweep),
        SEEDS,
        Experiment.Judging.DEFAULT);
  }

  private static Matching sweeps(HandMade left, HandMade right, String... names) {
    return Matching.ofSweeps(
        List.of(names).stream()
            .map(name -> new Matching.Pair(name, variant(left, name), variant(right, name)))
            .toList(),
        new Matching.Sides("old", side(left), "new", side(right)),
        SEEDS,
        Experiment.Judging.DEFAULT);
  }

  @Test
  void twoVariantsAreJudgedByThemselves() {
    Match match = two(gaining(), "none", "l2").matches().get(0);

    assertThat(match.best().score().mean()).isCloseTo(0.07 / 3, within(1e-12));
    assertThat(match.best().score().difference().t()).isCloseTo(7, within(1e-9));
    // Score and loss at two moments share the error; weights of 1, 1/6 and twice 1/24.
    assertThat(match.best().score().adjustedPValue()).isBetween(P - DRAWN, 1.25 * P);
    assertThat(match.best().verdict()).isEqualTo(Verdict.BETTER);
    assertThat(match.seeds())
        .extracting(SeedMatch::difference)
        .satisfiesExactly(
            first -> assertThat(first).isCloseTo(.02, within(1e-12)),
            second -> assertThat(second).isCloseTo(.02, within(1e-12)),
            third -> assertThat(third).isCloseTo(.03, within(1e-12)));
  }

  @Test
  void whatIsTurnedAroundIsDecidedTheOtherWay() {
    Match match = two(gaining(), "l2", "none").matches().get(0);

    assertThat(match.best().score().mean()).isCloseTo(-0.07 / 3, within(1e-12));
    assertThat(match.best().verdict()).isEqualTo(Verdict.WORSE);
    assertThat(match.best().baseline()).isEqualTo("l2");
  }

  /** Of the sweep's other comparisons nothing is asked, and nothing is paid for them. */
  @Test
  void itIsTheSweepOfTheTwoAlone() {
    HandMade alone = HandMade.fixedSplit(3).none().l2("l2", 0.01);
    alone.scores("none", .90, .91, .92).scores("l2", .92, .93, .95);

    assertThat(two(gaining(), "none", "l2").sweep().comparisons())
        .isEqualTo(alone.analysis().comparisons());
  }

  @Test
  void variantsOfTwoSweepsShareTheError() {
    HandMade before = gaining();
    HandMade after =
        HandMade.fixedSplit(3)
            .none()
            .l2("l2", 0.02)
            .scores("none", .90, .91, .92)
            .scores("l2", .94, .95, .98);
    Matching matching = sweeps(before, after, "none", "l2");

    assertThat(matching.sweep().variants())
        .extracting(VariantSummary::name)
        .containsExactly("old/none", "new/none", "old/l2", "new/l2");
    Match same = matching.matches().get(0);
    assertThat(same.sameTreatment()).isTrue();
    assertThat(same.best().verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    Match changed = matching.matches().get(1);
    assertThat(changed.sameTreatment()).isFalse();
    assertThat(changed.best().baseline()).isEqualTo("old/l2");
    assertThat(changed.best().score().difference().t()).isCloseTo(7, within(1e-9));
    // Twice as many quantities have at most twice the bound, and more than one pair alone.
    assertThat(changed.best().score().adjustedPValue())
        .isBetween(P - DRAWN, 2.5 * P)
        .isGreaterThan(two(before, "none", "l2").matches().get(0).best().score().adjustedPValue());
    assertThat(changed.best().verdict()).isEqualTo(Verdict.BETTER);
  }

  @Test
  void runsPartAtTheFirstEpochThatDiffersInAnyBit() {
    HandMade sweep = HandMade.fixedSplit(3).none().l2("l2", 0.01);
    sweep.run("none", 0, 1, .5, .6).run("l2", 0, 1, Math.nextUp(.5), .6);
    sweep.run("none", 1, 1, .5, .6).run("l2", 1, 1, .5, .7);
    sweep.run("none", 2, 1, .5, .6).run("l2", 2, 1, .5, .6);
    Match match = two(sweep, "none", "l2").matches().get(0);

    assertThat(match.seeds())
        .extracting(seed -> seed.parting().orElseThrow())
        .containsExactly(
            new Parting(Parting.Kind.METRICS, 1),
            new Parting(Parting.Kind.METRICS, 2),
            new Parting(Parting.Kind.NOTHING, 2));
    assertThat(match.sameTreatment()).isFalse();
  }

  @Test
  void theEndAndTheFinalWeightsTellRunsApartToo() {
    HandMade sweep = HandMade.fixedSplit(1).none();
    sweep.run("none", 0, 1, .5, .6);
    RunRecord run = sweep.records().get(0);
    RunRecord shorter = ARun.like(run).epochs(run.epochs().subList(0, 1)).record();
    RunRecord other = ARun.like(run).provenance(provenance(run, "d1", "w2")).record();

    assertThat(Parting.of(run, shorter)).isEqualTo(new Parting(Parting.Kind.LENGTH, 2));
    assertThat(Parting.of(run, other)).isEqualTo(new Parting(Parting.Kind.WEIGHTS, 2));
  }

  private static Provenance provenance(RunRecord run, String data, String weights) {
    Provenance was = run.provenance();
    return new Provenance(
        data,
        weights,
        was.metricsSha256(),
        was.shrinklabVersion(),
        was.commit(),
        was.dirty(),
        was.jdk(),
        was.djl(),
        was.libtorch(),
        was.os(),
        was.cpu(),
        was.threads(),
        was.startedAt(),
        was.endedAt(),
        was.seconds());
  }

  @Test
  void seedsThatOnlyOneCompletedAreNoPairs() {
    HandMade sweep = HandMade.fixedSplit(3).none().l2("l2", 0.01);
    sweep.scores("none", .90, .91).scores("l2", .92);
    sweep.ended("l2", 1, RunStatus.DIVERGED, "NaN", new HandMade.Scores(1, .91));
    Match match = two(sweep, "none", "l2").matches().get(0);

    assertThat(match.seeds())
        .extracting(seed -> seed.left().state(), seed -> seed.right().state())
        .containsExactly(
            tuple(RunFate.COMPLETED, RunFate.COMPLETED),
            tuple(RunFate.COMPLETED, RunFate.DIVERGED),
            tuple(RunFate.MISSING, RunFate.MISSING));
    assertThat(match.seeds().get(1).difference()).isNaN();
    // Its one epoch is the same; where it diverged the other went on.
    assertThat(match.seeds().get(1).parting()).contains(new Parting(Parting.Kind.LENGTH, 2));
    assertThat(match.seeds().get(2).parting()).isEmpty();
    assertThat(match.best().verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
  }

  @Test
  void otherDataAreSeen() {
    HandMade fixed = HandMade.fixedSplit(3).none().scores("none", .90, .91, .92);
    HandMade drawn = HandMade.splitPerSeed(3).none().scores("none", .90, .91, .92);
    assertThat(sweeps(fixed, drawn, "none").matches().get(0).asksForOtherData()).isTrue();

    List<RunRecord> changed =
        fixed.records().stream()
            .map(run -> ARun.like(run).provenance(provenance(run, "d2", "w1")).record())
            .toList();
    Match match =
        Matching.ofSweeps(
                List.of(new Matching.Pair("none", variant(fixed, "none"), variant(fixed, "none"))),
                new Matching.Sides("old", side(fixed), "new", new Side(changed, List.of())),
                SEEDS,
                Experiment.Judging.DEFAULT)
            .matches()
            .get(0);
    assertThat(match.asksForOtherData()).isFalse();
    assertThat(match.readOtherData()).isTrue();
  }

  @Test
  void aSweepIsNotComparedWithItself() {
    Side side = side(gaining());
    assertThatThrownBy(() -> new Matching.Sides("a", side, "a", side))
        .hasMessage("both are a; allowed are distinct names");
  }
}
