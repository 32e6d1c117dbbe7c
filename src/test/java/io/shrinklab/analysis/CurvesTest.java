package io.shrinklab.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.PenaltySpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
  private static String net(double l1, double l2) {
    return "{'kind': 'elastic-net', 'l1': " + l1 + ", 'l2': " + l2 + "}";
  }

  /** glmnet's alpha is l1 / (l1 + 2 l2): 3 / 63, 30 / 36 and 1 / 3, at whatever strength. */
  @Test
  void anElasticNetHasAPathPerMixingShare() {
    SweepAnalysis analysis =
        HandMade.fixedSplit(3)
            .none()
            .variant("a", "", net(3e-3, 3e-2))
            .variant("b", "", net(3e-2, 3e-3))
            .variant("c", "", net(1e-2, 1e-2))
            .variant("d", "", net(3e-4, 3e-3))
            .variant("e", "", net(1e-1, 1e-1))
            .scores("none", 0.9, 0.9, 0.9)
            .scores("a", 0.9, 0.8, 0.7)
            .scores("b", 0.9, 0.8, 0.7)
            .scores("c", 0.9, 0.8, 0.7)
            .scores("d", 0.9, 0.8, 0.7)
            .scores("e", 0.9, 0.8, 0.7)
            .analysis();
    assertThat(analysis.curves())
        .extracting(FamilyCurve::family)
        .containsExactly(
            "elastic net alpha 0.0476 weights",
            "elastic net alpha 0.833 weights",
            "elastic net alpha 0.333 weights");
    assertThat(analysis.curves())
        .extracting(curve -> curve.points().stream().map(CurvePoint::variant).toList())
        .containsExactly(
            List.of("none", "d", "a"), List.of("none", "b"), List.of("none", "c", "e"));
    assertThat(analysis.selections().get(0).families())
        .extracting(FamilyChoice::family)
        .containsExactlyInAnyOrder(
            "elastic net alpha 0.0476 weights", "elastic net alpha 0.333 weights");
    // A variant's name has both strengths, and no share.
    PenaltySpec penalty = analysis.variants().get(1).variant().penalty();
    assertThat(penalty.label()).isEqualTo("elastic-net-weights-3e-03-3e-02");
  }
}
