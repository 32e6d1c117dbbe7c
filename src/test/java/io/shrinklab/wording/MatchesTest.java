package io.shrinklab.wording;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.analysis.HandMade;
import io.shrinklab.analysis.Match;
import io.shrinklab.analysis.Matching;
import io.shrinklab.analysis.Parting;
import io.shrinklab.analysis.Side;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchesTest {
  private static HandMade sweep(double... l2) {
    return HandMade.fixedSplit(3)
        .none()
        .l2("l2", 0.01)
        .scores("none", .90, .91, .92)
        .scores("l2", l2);
  }

  private static Variant variant(HandMade sweep, int index) {
    return sweep.experiment().variants().get(index);
  }

  private static Side side(HandMade sweep) {
    return new Side(sweep.records(), List.of());
  }

  private static Matching two(HandMade sweep) {
    return Matching.ofTwo(
        new Matching.Pair("l2 against none", variant(sweep, 0), variant(sweep, 1)),
        side(sweep),
        sweep.experiment().seeds(),
        Experiment.Judging.DEFAULT);
  }

  private static List<String> sweeps(HandMade left, HandMade right) {
    Matching.Sides sides = new Matching.Sides("old", side(left), "new", side(right));
    return Matches.ofSweeps(
        Matching.ofSweeps(
            List.of(
                new Matching.Pair("none", variant(left, 0), variant(right, 0)),
                new Matching.Pair("l2", variant(left, 1), variant(right, 1))),
            sides,
            left.experiment().seeds(),
            Experiment.Judging.DEFAULT),
        sides);
  }

  /** Differences of 0.02, 0.02 and 0.03: 0.07 / 3 in the mean. */
  @Test
  void theAnswerOfTwoComesFirstAndTheNextStepBehindIt() {
    assertThat(Matches.ofTwo(two(sweep(.92, .93, .95))))
        .satisfiesExactly(
            answer ->
                assertThat(answer)
                    .matches(
                        "l2 against none: better; validation score difference \\+0\\.0233"
                            + " \\[\\+0\\.00\\d\\d, \\+0\\.0[34]\\d\\d\\], adjusted p = 0\\.0[12]\\d, 3"
                            + " seeds: above the baseline's\\."),
            next ->
                assertThat(next).isEqualTo("Nothing is left open: every comparison is decided."));
  }

  @Test
  void quantitiesAreScoreAndLossAtBothEpochsUnderTheNamedClaimFirst() {
    assertThat(Matches.quantities(two(sweep(.90, .91, .92))))
        .extracting(row -> row.get(0), row -> row.get(3))
        .extracting(tuple -> tuple.toList().get(0))
        .containsExactly(
            "validation accuracy, best epoch",
            "validation accuracy, last epoch",
            "validation loss, best epoch",
            "validation loss, last epoch");
    HandMade redrawn = HandMade.splitPerSeed(3).none().l2("l2", 1).scores("none", .9, .91, .92);
    redrawn.scores("l2", .92, .91, .9);
    assertThat(Matches.quantities(two(redrawn)))
        .extracting(row -> row.get(0))
        .endsWith(
            "validation accuracy on these rows alone, best epoch",
            "validation accuracy on these rows alone, last epoch");
  }

  @Test
  void whatIsTheSameToTheBitIsSaidToBeOneTreatment() {
    assertThat(Matches.ofTwo(two(sweep(.90, .91, .92))).get(0))
        .isEqualTo(
            "l2 and none are the same to the bit, to the end, with every seed that both trained:"
                + " one treatment, not two.");
  }

  @Test
  void decisionsOfSweepsAreCountedAndNamed() {
    assertThat(sweeps(sweep(.90, .91, .92), sweep(.92, .93, .95)))
        .startsWith(
            "new against old, variant by variant: 1 better (l2); 1 no difference shown (none).")
        .contains(
            "The same to the bit, to the end, with every seed that both trained: none. Each is one"
                + " treatment, not two.");
  }

  @Test
  void otherDataAreSaidBeforeTheAnswer() {
    HandMade redrawn = HandMade.splitPerSeed(3).none().l2("l2", 0.01);
    redrawn.scores("none", .90, .91, .92).scores("l2", .92, .93, .95);
    assertThat(sweeps(sweep(.92, .93, .95), redrawn).get(0))
        .isEqualTo(
            "Other data, or another split, is asked for: all 2. Splits may differ, and pairing by"
                + " seed may mean nothing.");
  }

  @Test
  void partingsAreARangeOfEpochs() {
    HandMade sweep = HandMade.fixedSplit(3).none().l2("l2", 0.01);
    sweep.run("none", 0, 1, .5, .6).run("l2", 0, 1, .4, .6);
    sweep.run("none", 1, 1, .5, .6).run("l2", 1, 1, .5, .7);
    sweep.run("none", 2, 1, .5, .6).run("l2", 2, 1, .5, .6);
    Match match = two(sweep).matches().get(0);
    assertThat(Matches.partings(match)).isEqualTo("1 to 2, never with 1 seed");
    assertThat(Matches.partings(two(sweep(.90, .91, .92)).matches().get(0))).isEqualTo("never");
    assertThat(Matches.partings(two(sweep()).matches().get(0))).isEqualTo("-");
    assertThat(Matches.parting(new Parting(Parting.Kind.LENGTH, 5)))
        .isEqualTo("5, where one had ended");
    assertThat(Matches.parting(new Parting(Parting.Kind.WEIGHTS, 5)))
        .isEqualTo("never, but the final weights differ");
  }
}
