package io.shrinklab.training;

import static io.shrinklab.spec.PenaltySpec.Method.DECOUPLED;
import static io.shrinklab.spec.PenaltySpec.Method.GRADIENT;
import static io.shrinklab.spec.PenaltySpec.Method.PROXIMAL;
import static io.shrinklab.training.Specs.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.Kinds;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.penalty.PenaltyException;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.LayerRule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.NetworkSpec.Activation;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run gives does not depend on its company: every bit is that of the run alone. */
@ExtendWith(EngineExtension.class)
class CohortTest {
  private static final OptimizerSpec SGD = Specs.sgd(0.05, 0.9);

  /** Hears what became of the runs. */
  private static final class Heard implements CohortListener {
    private final Map<RunSpec, RunOutcome> outcomes = new HashMap<>();
    private final Map<RunSpec, Exception> faults = new HashMap<>();

    @Override
    public void onOutcome(RunOutcome outcome) {
      outcomes.put(outcome.spec(), outcome);
    }

    @Override
    public void onFailure(RunSpec spec, Exception fault) {
      faults.put(spec, fault);
    }
  }

  private static Heard train(List<RunSpec> specs) throws Exception {
    Heard heard = new Heard();
    try (DataSets dataSets = new DataSets(null)) {
      new Training(dataSets).run(specs, heard);
    }
    return heard;
  }

  private static void assertSame(RunOutcome together, RunOutcome alone) {
    String label = alone.spec().toString();
    assertThat(together.status()).as(label).isEqualTo(alone.status());
    assertThat(together.reason()).as(label).isEqualTo(alone.reason());
    assertThat(together.weights().npz()).as(label).isEqualTo(alone.weights().npz());
    assertThat(Untimed.rows(together)).as(label).isEqualTo(Untimed.rows(alone));
    assertThat(together.layers()).as(label).isEqualTo(alone.layers());
    assertThat(together.best()).as(label).isEqualTo(alone.best());
  }

  static Stream<NetworkSpec> networks() {
    return Stream.of(
        new NetworkSpec.Linear(false),
        new NetworkSpec.Mlp(List.of(16, 8), Activation.RELU, 0, false),
        new NetworkSpec.Mlp(List.of(17, 5), Activation.RELU, 0.3, true),
        new NetworkSpec.Mlp(List.of(12), Activation.TANH, 0.2, false),
        new NetworkSpec.Mlp(List.of(1), Activation.SIGMOID, 0, true),
        new NetworkSpec.Mlp(List.of(33), Activation.GELU, 0, false));
  }

  /** Every kind of penalty, both optimizers, one that diverges, stops early, is pruned. */
  private static List<RunSpec> company(NetworkSpec network) {
    List<RunSpec> runs = new ArrayList<>();
    List<PenaltySpec> penalties =
        new ArrayList<>(Kinds.of(PenaltySpec.class, HuberPenalty.class.getName()));
    penalties.add(Specs.lp(0.5, 1e-3, PROXIMAL));
    penalties.add(Specs.lp(1, 1e-3, PROXIMAL));
    penalties.add(Specs.lp(1.3, 1e-3, DECOUPLED));
    penalties.add(Specs.lp(0, 1e-3, PROXIMAL));
    for (PenaltySpec penalty : penalties) {
      runs.add(spec().network(network).penalty(penalty).build());
      runs.add(spec().network(network).penalty(penalty).optimizer(SGD).build());
    }
    runs.add(spec().network(network).epochs(5).stopping(1, 0.5).build());
    runs.add(spec().network(network).epochs(6).pruning(2, 0.999).build());
    runs.add(
        spec()
            .network(network)
            .penalty(Specs.lp(4, 1e3, GRADIENT))
            .optimizer(Specs.sgd(10, 0))
            .epochs(5)
            .build());
    return runs;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachMemberIsItsRunAlone(NetworkSpec network) throws Exception {
    List<RunSpec> runs = company(network).stream().distinct().toList();
    assertThat(Cohorts.alike(runs)).containsExactly(runs);
    Heard heard = train(runs);
    assertThat(heard.faults).isEmpty();
    assertThat(heard.outcomes.keySet()).containsExactlyInAnyOrderElementsOf(runs);
    for (RunSpec run : runs) {
      assertSame(heard.outcomes.get(run), train(List.of(run)).outcomes.get(run));
    }
    assertThat(heard.outcomes.values().stream().map(RunOutcome::status))
        .contains(RunStatus.DIVERGED, RunStatus.COMPLETED);
  }

  @Test
  void theNumbersDependNeitherOnTheOrderNorOnTheSizeOfACohort() throws Exception {
    List<RunSpec> runs = company(new NetworkSpec.Mlp(List.of(16, 8), Activation.RELU, 0.2, false));
    Heard all = train(runs);
    List<RunSpec> some = new ArrayList<>(runs.subList(3, 10));
    java.util.Collections.reverse(some);
    Heard few = train(some);
    some.forEach(run -> assertSame(few.outcomes.get(run), all.outcomes.get(run)));
  }

  /** A penalty that has no such step, and rules that choose no layer, cost their own runs. */
  @Test
  void aRunThatCannotBeTrainedHarmsNoOther() throws Exception {
    RunSpec good = spec().penalty(Specs.lp(1, 1e-3, GRADIENT)).build();
    RunSpec other = spec().penalty(Specs.lp(2, 1e-3, PROXIMAL)).build();
    RunSpec stepless =
        spec()
            .penalty(
                new PenaltySpec.Custom(
                    HuberPenalty.class.getName(),
                    new Lambda(1),
                    PenaltySpec.Scope.WEIGHTS,
                    PROXIMAL,
                    null,
                    new StrengthSchedule.Constant()))
            .build();
    RunSpec choosingNothing =
        spec()
            .penalty(
                new PenaltySpec.Lp(
                    1,
                    new Lambda(1),
                    PenaltySpec.Scope.WEIGHTS,
                    GRADIENT,
                    1e-8,
                    List.of(new LayerRule("no-such-layer", new Lambda(1))),
                    new StrengthSchedule.Constant()))
            .build();
    Heard heard = train(List.of(stepless, good, choosingNothing, other));
    assertThat(heard.faults.get(stepless)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(heard.faults.get(choosingNothing)).isInstanceOf(PenaltyException.class);
    assertSame(heard.outcomes.get(good), train(List.of(good)).outcomes.get(good));
    assertSame(heard.outcomes.get(other), train(List.of(other)).outcomes.get(other));
  }

  @Test
  void onlyRunsOfTheSameRowsAndPassesAreAlike() {
    RunSpec one = spec().build();
    RunSpec strong = spec().penalty(Specs.lp(1, 1, GRADIENT)).epochs(9).optimizer(SGD).build();
    RunSpec seed = spec().seed(4).build();
    RunSpec batches = spec().batchSize(7).build();
    RunSpec network = spec().network(new NetworkSpec.Linear(true)).build();
    RunSpec image =
        spec().network(new NetworkSpec.ResNet(NetworkSpec.ResNet.Size.SMALL, 1)).build();
    assertThat(Cohorts.alike(List.of(image, one, seed, batches, strong, network, image)))
        .containsExactly(
            List.of(image),
            List.of(one, strong),
            List.of(seed),
            List.of(batches),
            List.of(network),
            List.of(image));
  }

  /** 10 in parts of at most 4: three parts, of 3, 3 and 4. */
  @Test
  void aListIsCutIntoPartsOfNearlyOneSize() {
    List<RunSpec> ten =
        Stream.iterate(0L, i -> i + 1).limit(10).map(i -> spec().seed(i).build()).toList();
    assertThat(Cohorts.evenly(ten, 4))
        .containsExactly(ten.subList(0, 3), ten.subList(3, 6), ten.subList(6, 10));
    assertThat(Cohorts.evenly(ten, 10)).containsExactly(ten);
    assertThat(Cohorts.evenly(ten, 24)).containsExactly(ten);
  }
}
