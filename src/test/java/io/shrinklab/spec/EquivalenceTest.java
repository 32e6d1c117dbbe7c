package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.testing.ASpec;
import io.shrinklab.wording.Notes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EquivalenceTest {
  private static final OptimizerSpec ADAM =
      new OptimizerSpec.Adam(0.001, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));
  private static final OptimizerSpec ADAMW =
      new OptimizerSpec.AdamW(0.001, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0));

  @Test
  void coupledDecayIsRidgeWithHalfItsStrengthOnTheSameParameters() {
    assertThat(
            notes(
                ADAM,
                false,
                new PenaltySpec.WeightDecay(0.02, Scope.WEIGHTS),
                lp(2, 0.01, Scope.WEIGHTS)))
        .containsExactly("The same treatment under 2 names: v0 and v1.");
  }

  @Test
  void onOtherParametersItDiffersInScopeOnly() {
    assertThat(
            notes(
                ADAM,
                false,
                new PenaltySpec.WeightDecay(0.02, Scope.ALL),
                lp(2, 0.01, Scope.WEIGHTS)))
        .containsExactly("Different only in which parameters are penalized: v0 and v1.");
  }

  @Test
  void anElasticNetWithoutOnePartIsThatOfTheOther() {
    assertThat(
            notes(
                ADAM,
                false,
                net(0.0, 0.01),
                lp(2, 0.01, Scope.WEIGHTS),
                net(0.02, null),
                lp(1, 0.02, Scope.WEIGHTS)))
        .containsExactly(
            "The same treatment under 2 names: v0 and v1.",
            "The same treatment under 2 names: v2 and v3.");
  }

  @Test
  void decoupledDecayIsCoupledOnlyForPlainSgd() {
    PenaltySpec decoupled = new PenaltySpec.DecoupledWeightDecay(0.02, Scope.WEIGHTS);
    PenaltySpec ridge = lp(2, 0.01, Scope.WEIGHTS);
    OptimizerSpec plain = new OptimizerSpec.Sgd(0.1, 0, new LearningRateSchedule.Constant(0));
    OptimizerSpec heavy = new OptimizerSpec.Sgd(0.1, 0.9, new LearningRateSchedule.Constant(0));
    assertThat(notes(plain, false, decoupled, ridge)).hasSize(1);
    assertThat(notes(heavy, false, decoupled, ridge)).isEmpty();
    assertThat(notes(ADAM, false, decoupled, ridge)).isEmpty();
  }

  @Test
  void strengthZeroIsNoPenalty() {
    assertThat(
            notes(
                ADAM, false, new PenaltySpec.None(), lp(1, 0, Scope.WEIGHTS), lp(3, 0, Scope.ALL)))
        .containsExactly("The same treatment under 3 names: v0, v1 and v2.");
  }

  @Test
  void scalesCountOnlyInANormalizedNetwork() {
    PenaltySpec weights = lp(1, 0.01, Scope.WEIGHTS);
    PenaltySpec scales = lp(1, 0.01, Scope.WEIGHTS_AND_SCALES);
    assertThat(notes(ADAM, false, weights, scales))
        .containsExactly("The same treatment under 2 names: v0 and v1.");
    assertThat(notes(ADAM, true, weights, scales))
        .containsExactly("Different only in which parameters are penalized: v0 and v1.");
  }

  @Test
  void aPenaltyOfTheUsersOwnHasAScopeAsAllOthersDo() {
    assertThat(notes(ADAM, true, own(Scope.WEIGHTS), own(Scope.ALL)))
        .containsExactly("Different only in which parameters are penalized: v0 and v1.");
    assertThat(notes(ADAM, false, own(Scope.WEIGHTS), own(Scope.WEIGHTS_AND_SCALES)))
        .containsExactly("The same treatment under 2 names: v0 and v1.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConvolutionalNetworkHasScalesIfItIsNormalized(boolean norm) {
    NetworkSpec cnn =
        new NetworkSpec.Cnn(List.of(6), 5, List.of(8), NetworkSpec.Activation.RELU, 0, norm);
    assertThat(cnn.hasScales()).isEqualTo(norm);
  }

  @Test
  void adamWWithoutDecayIsAdam() {
    List<Variant> variants =
        List.of(
            variant("a", ADAM, false, new PenaltySpec.None()),
            variant("b", ADAMW, false, new PenaltySpec.None()));
    assertThat(notes(variants)).containsExactly("The same treatment under 2 names: a and b.");
  }

  @Test
  void otherStrengthsMethodsAndExponentsAreOtherTreatments() {
    PenaltySpec proximal =
        new PenaltySpec.Lp(
            2,
            new Lambda(0.01),
            Scope.WEIGHTS,
            Method.PROXIMAL,
            1e-8,
            null,
            new StrengthSchedule.Constant());
    assertThat(
            notes(
                ADAM,
                false,
                lp(2, 0.01, Scope.WEIGHTS),
                lp(2, 0.02, Scope.WEIGHTS),
                lp(1, 0.01, Scope.WEIGHTS),
                proximal,
                new PenaltySpec.WeightDecay(0.03, Scope.WEIGHTS)))
        .isEmpty();
  }

  private static List<String> notes(
      OptimizerSpec optimizer, boolean norm, PenaltySpec... penalties) {
    List<Variant> variants = new ArrayList<>();
    for (PenaltySpec penalty : penalties) {
      variants.add(variant("v" + variants.size(), optimizer, norm, penalty));
    }
    return notes(variants);
  }

  private static List<String> notes(List<Variant> variants) {
    return Equivalence.groups(variants).stream().map(Notes::alike).toList();
  }

  private static Variant variant(
      String name, OptimizerSpec optimizer, boolean norm, PenaltySpec penalty) {
    return ASpec.named(name)
        .network(new NetworkSpec.Mlp(List.of(8), NetworkSpec.Activation.RELU, 0, norm))
        .optimizer(optimizer)
        .training(ASpec.epochs(1, 32))
        .penalty(penalty)
        .variant();
  }

  private static PenaltySpec lp(double p, double lambda, Scope scope) {
    return new PenaltySpec.Lp(
        p, new Lambda(lambda), scope, Method.GRADIENT, 1e-8, null, new StrengthSchedule.Constant());
  }

  private static PenaltySpec own(Scope scope) {
    return new PenaltySpec.Custom(
        "my.Own", new Lambda(0.01), scope, Method.GRADIENT, null, new StrengthSchedule.Constant());
  }

  private static PenaltySpec net(@Nullable Double l1, @Nullable Double l2) {
    return new PenaltySpec.ElasticNet(
        l1 == null ? null : new Lambda(l1),
        l2 == null ? null : new Lambda(l2),
        Scope.WEIGHTS,
        Method.GRADIENT,
        null,
        new StrengthSchedule.Constant());
  }
}
