package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.spec.Claim;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Main effects against arithmetic by hand; variants are named by their values. */
class MainEffectsTest {
  /** A setting whose value is one letter of each variant's name; {@code -} for none. */
  private static Factor letter(String setting, int at, String values, List<String> variants) {
    Map<String, String> of = new LinkedHashMap<>();
    variants.forEach(name -> of.put(name, name.substring(at, at + 1).replace("-", "")));
    return new Factor(setting, List.of(), List.of(values.split("")), of);
  }

  private static HandMade sweep(HandMade empty, String... variants) {
    for (int i = 0; i < variants.length; i++) {
      empty.l2(variants[i], i + 1);
    }
    return empty;
  }

  private static MainEffects effects(HandMade sweep, Factor... factors) {
    return of(sweep, Claim.BEYOND_THESE_ROWS, Arrays.asList(factors));
  }

  private static MainEffects of(HandMade sweep, Claim claim, List<Factor> factors) {
    return MainEffects.of(
        sweep.analysis().variants(), claim, Factor.distinct(factors), sweep.records());
  }

  private static HandMade twoByTwo(HandMade empty) {
    return sweep(empty, "xu", "xv", "yu", "yv")
        .scores("xu", 0.5, 0.5, 0.375)
        .scores("xv", 0.625, 0.5, 0.5)
        .scores("yu", 0.75, 0.625, 0.75)
        .scores("yv", 0.75, 0.875, 0.625);
  }

  private static MainEffects ofTwoByTwo(HandMade sweep) {
    List<String> names = List.of("xu", "xv", "yu", "yv");
    return effects(sweep, letter("b", 1, "uv", names), letter("a", 0, "xy", names));
  }

  /**
   * Over the seeds y has 0.75, 0.75, 0.6875 and x 0.5625, 0.5, 0.4375, so y lies above the mean of
   * both by 3/32, 4/32, 4/32: mean 11/96, deviation sqrt(1/3072), error 1/96, t = 11 and with two
   * degrees of freedom p = 1 - 11 / sqrt(2 + 121).
   */
  @Test
  void anEffectIsAMeanOverSeedsAgainstTheMeanOfAllValues() {
    MainEffects effects = ofTwoByTwo(twoByTwo(HandMade.fixedSplit(3)));

    MainEffect a = effects.effects().get(0);
    assertThat(a.factor().setting()).isEqualTo("a");
    assertThat(a.levels()).extracting(MainEffect.Level::value).containsExactly("x", "y");
    assertThat(a.levels()).extracting(MainEffect.Level::variants).containsExactly(2, 2);
    MainEffect.Level y = a.levels().get(1);
    assertThat(y.mean()).isCloseTo(35 / 48.0, within(1e-12));
    assertThat(y.mean() - a.levels().get(0).mean()).isCloseTo(11 / 48.0, within(1e-12));
    PairedDifference effect = y.effect().difference();
    assertThat(effect.mean()).isCloseTo(11 / 96.0, within(1e-9));
    assertThat(effect.standardDeviation()).isCloseTo(Math.sqrt(1 / 3072.0), within(1e-9));
    assertThat(effect.standardError()).isCloseTo(1 / 96.0, within(1e-9));
    assertThat(effect.pValue()).isCloseTo(1 - 11 / Math.sqrt(123), within(1e-6));
    assertThat(a.levels().get(0).effect().mean()).isCloseTo(-11 / 96.0, within(1e-9));
    assertThat(effects.seeds()).isEqualTo(3);
  }

  /**
   * Mean scores 22/48, 26/48, 34/48, 36/48 by variant: squares about their mean 59/96 sum to
   * 524/9216; of these 484/9216 lie between the means of a, 36/9216 between those of b and 4/9216
   * are interaction.
   */
  @Test
  void sharesAreThoseOfAnAnalysisOfVarianceAndTheRestIsInterplay() {
    MainEffects effects = ofTwoByTwo(twoByTwo(HandMade.fixedSplit(3)));

    assertThat(effects.effects())
        .extracting(effect -> effect.factor().setting())
        .containsExactly("a", "b");
    assertThat(effects.effects().get(0).share()).isCloseTo(484 / 524.0, within(1e-9));
    assertThat(effects.effects().get(1).share()).isCloseTo(36 / 524.0, within(1e-9));
    assertThat(effects.interplay()).isCloseTo(4 / 524.0, within(1e-9));
  }

  /** Four effects, two of them the mirror of the others: Bonferroni over four is an upper bound. */
  @Test
  void intervalsAreSimultaneousAndExcludeZeroWhereTheAdjustedPValueSaysSo() {
    MainEffects effects = ofTwoByTwo(twoByTwo(HandMade.fixedSplit(3)));

    Contrast a = effects.effects().get(0).levels().get(1).effect();
    double own = a.difference().pValue();
    assertThat(a.adjustedPValue()).isBetween(own, 4 * own);
    assertThat(a.low()).isLessThan(a.difference().low()).isPositive();
    // Two degrees of freedom: the quantile of a tail q is (1 - 2q) / sqrt(2q (1 - q)).
    double q = 0.05 / 4 / 2;
    double widest = (1 - 2 * q) / Math.sqrt(2 * q * (1 - q)) / 96;
    assertThat(a.high() - a.mean()).isLessThanOrEqualTo(widest + 1e-9);
    assertThat(effects.effects().get(1).adjustedPValue()).isGreaterThan(0.05);
  }

  /** One pool of 1,797 rows, of which 300 train and 600 validate. */
  @Test
  void splitsThatOverlapAreCountedAsForTheVerdictsUnlessTheClaimIsAboutTheseRows() {
    HandMade sweep = twoByTwo(HandMade.splitPerSeed(3));
    List<String> names = List.of("xu", "xv", "yu", "yv");
    List<Factor> factors = List.of(letter("a", 0, "xy", names), letter("b", 1, "uv", names));

    double beyond = error(of(sweep, Claim.BEYOND_THESE_ROWS, factors));
    double these = error(of(sweep, Claim.THESE_ROWS, factors));

    assertThat(these).isCloseTo(1 / 96.0, within(1e-9));
    double rho = 600 / 1797.0 * 300 / (1797 - 300);
    assertThat(beyond / these).isCloseTo(Math.sqrt(1 + 3 * rho / (1 - rho)), within(1e-9));
  }

  private static double error(MainEffects effects) {
    return effects.effects().get(0).levels().get(1).effect().difference().standardError();
  }

  /** z stands beside u alone: without it four variants enter, with it the three beside u. */
  @Test
  void aValueThatFewCombinationsHaveIsLeftOutAndNoCombinationWithoutItsLike() {
    List<String> names = List.of("xu", "xv", "yu", "yv", "zu");
    HandMade sweep = sweep(HandMade.fixedSplit(3), names.toArray(String[]::new));
    for (String name : names) {
      sweep.scores(name, 0.5 + 0.125 * names.indexOf(name), 0.5, 0.25);
    }

    MainEffects effects = effects(sweep, letter("a", 0, "xyz", names), letter("b", 1, "uv", names));

    MainEffect a =
        effects.effects().stream()
            .filter(effect -> effect.factor().setting().equals("a"))
            .findFirst()
            .orElseThrow();
    assertThat(a.variants()).isEqualTo(4);
    assertThat(a.levels()).extracting(MainEffect.Level::variants).containsExactly(2, 2, 0);
    assertThat(a.levels().get(2).effect()).isNull();
    assertThat(effects.interplay()).isNaN();
  }

  @Test
  void variantsWithDivergedRunsDoNotEnter() {
    HandMade sweep = sweep(HandMade.fixedSplit(3), "xu", "xv", "yu", "yv", "zu", "zv");
    for (String name : List.of("xu", "xv", "yu", "yv", "zu")) {
      sweep.scores(name, 0.5, 0.75, name.startsWith("x") ? 0.25 : 0.5);
    }
    sweep.scores("zv", 0.5, 0.75).ended("zv", 2, RunStatus.DIVERGED, "loss is NaN");
    List<String> names = List.of("xu", "xv", "yu", "yv", "zu", "zv");

    MainEffects effects = effects(sweep, letter("a", 0, "xyz", names), letter("b", 1, "uv", names));

    assertThat(effects.leftOut()).containsExactly("zv");
    assertThat(effects.effects()).allSatisfy(effect -> assertThat(effect.variants()).isEqualTo(4));
  }

  /** No penalty has no strength: its absence is a value like the others. */
  @Test
  void whereEveryCombinationOccursWithoutAValueTooThatIsAValue() {
    List<String> names = List.of("n-u", "n-v", "l1u", "l1v", "l2u", "l2v");
    HandMade sweep = sweep(HandMade.fixedSplit(3), names.toArray(String[]::new));
    for (String name : names) {
      sweep.scores(name, 0.5, 0.625, name.startsWith("l") ? 0.75 : 0.5);
    }

    MainEffects effects =
        effects(
            sweep,
            letter("kind", 0, "nl", names),
            letter("lambda", 1, "12", names),
            letter("rate", 2, "uv", names));

    assertThat(effects.effects())
        .extracting(effect -> effect.factor().setting())
        .as("the kind says no more than whether there is a strength")
        .containsExactly("lambda", "rate");
    assertThat(effects.effects().get(0).levels())
        .extracting(MainEffect.Level::value)
        .containsExactly("", "1", "2");
    assertThat(effects.effects().get(0).share()).isEqualTo(1);
  }

  @Test
  void settingsThatChangeTogetherAreOne() {
    List<String> names = List.of("1au", "1av", "2bu", "2bv");

    List<Factor> distinct =
        Factor.distinct(
            List.of(
                letter("rate", 0, "12", names),
                letter("batch", 1, "ab", names),
                letter("width", 2, "uv", names)));

    assertThat(distinct).extracting(Factor::setting).containsExactly("rate", "width");
    assertThat(distinct.get(0).along()).containsExactly("batch");
  }

  @Test
  void nothingIsToldWhereLikeIsNotSetAgainstLike() {
    List<String> names = List.of("1u", "2u", "3v", "4v");
    HandMade sweep = sweep(HandMade.fixedSplit(3), names.toArray(String[]::new));
    names.forEach(name -> sweep.scores(name, 0.5, 0.75, 0.25));

    MainEffects effects =
        effects(sweep, letter("rate", 0, "1234", names), letter("width", 1, "uv", names));

    assertThat(effects.effects())
        .extracting(MainEffect::gap)
        .containsExactly(MainEffect.Gap.OWN_VALUES, MainEffect.Gap.UNBALANCED);
    assertThat(effects.effects().get(0).levels()).hasSize(4);
    assertThat(effects.interplay()).isNaN();
  }

  @Test
  void twoSeedsGiveMeansWithoutIntervalsAndNoneGiveNothing() {
    List<String> names = List.of("xu", "yu");
    HandMade two = sweep(HandMade.fixedSplit(2), "xu", "yu");
    Factor a = letter("a", 0, "xy", names);
    names.forEach(name -> two.scores(name, 0.5, name.startsWith("x") ? 0.75 : 0.25));

    MainEffect effect = effects(two, a).effects().get(0);
    assertThat(effect.levels().get(0).mean()).isEqualTo(0.625);
    assertThat(effect.levels().get(0).effect().low()).isNaN();
    assertThat(effect.adjustedPValue()).isNaN();

    MainEffect nothing = effects(sweep(HandMade.fixedSplit(2), "xu", "yu"), a).effects().get(0);
    assertThat(nothing.gap()).isEqualTo(MainEffect.Gap.NO_COMMON_SEED);
  }
}
