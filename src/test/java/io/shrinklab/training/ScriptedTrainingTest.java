package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.EngineExtension;
import io.shrinklab.data.Task;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.network.Networks;
import io.shrinklab.network.Stack;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.testing.ASpec;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A module of PyTorch's trained here against the same training in PyTorch, by scripts.py. */
@ExtendWith(EngineExtension.class)
class ScriptedTrainingTest {
  private static final String FOLDER = "src/test/resources/io/shrinklab/network/";
  private static final int ROWS = 8;
  private static final int PIXELS = 36;

  private static Variant variant(String file, String optimizer, String penalty) {
    return ASpec.read(
            "'data': {'kind': 'diabetes', 'train': 100, 'validation': 100},"
                + " 'network': {'kind': 'torchscript', 'file': '%s%s'},".formatted(FOLDER, file)
                + " 'optimizer': {%s}, 'training': {'epochs': 3}, 'penalty': {%s}"
                    .formatted(optimizer, penalty))
        .variant();
  }

  /** The batch of scripts.py. */
  private static NDArray images(int step, NDManager manager) {
    float[] values = new float[ROWS * PIXELS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(0.7 * i + step);
    }
    return manager.create(values, new Shape(ROWS, 1, 6, 6));
  }

  private static NDArray labels(int step, NDManager manager) {
    long[] labels = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      labels[i] = (3L * i + step) / 2 % 3;
    }
    return manager.create(labels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "sgd  | 'kind': 'sgd', 'learningRate': 0.1, 'momentum': 0.9"
            + " | 'kind': 'lp', 'p': 2, 'lambda': 0.01, 'scope': 'weights-and-scales'",
        "adam | 'kind': 'adam', 'learningRate': 0.01 | 'kind': 'lp', 'p': 1, 'lambda': 0.003"
      })
  void sixStepsAreThoseOfPyTorch(String name, String optimizer, String penalty, NDManager manager)
      throws Exception {
    Variant variant = variant("images.pt", optimizer, penalty);
    JsonNode expected =
        new ObjectMapper().readTree(Path.of(FOLDER, "trained.json").toFile()).get(name);
    Stack stack = Networks.stack(variant.network(), new Shape(1, 6, 6), 3, 0, 1, manager);
    List<NamedParameter> parameters = stack.parameters(0);
    List<NamedParameter> trained =
        parameters.stream().filter(each -> each.parameter().requiresGradient()).toList();
    Step step = new Step(variant, trained);
    step.regularizer().startEpoch(1);
    Objective objective = Objective.of(Task.SINGLE_LABEL, 0);
    double rate = variant.optimizer().learningRate();

    for (int i = 0; i < 6; i++) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray labels = labels(i, manager);
        double expectedLoss = expected.get("losses").get(i).asDouble();
        stack.backward(
            List.of(0),
            images(i, manager),
            i,
            (outputs, losses) -> objective.slope(outputs, labels, losses),
            (member, loss, gradients) -> {
              assertThat(loss).isCloseTo(expectedLoss, within());
              step.update(rate, gradients);
            });
      }
    }

    for (NamedParameter each : parameters) {
      JsonNode values = expected.get("values").get(each.name());
      float[] found = each.tensor().copy();
      assertThat(found).as(each.name()).hasSize(values.size());
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i])
            .as(each.name() + " " + i)
            .isCloseTo(values.get(i).asDouble(), within());
      }
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] outputs = stack.evaluate(0, images(9, manager)).toFloatArray();
      for (int row = 0; row < ROWS; row++) {
        for (int output = 0; output < 3; output++) {
          // Here [outputs, rows], there [rows, outputs].
          assertThat((double) outputs[output * ROWS + row])
              .isCloseTo(expected.get("outputs").get(3 * row + output).asDouble(), within());
        }
      }
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(2e-5);
  }

  private static Specs.Builder digits() {
    return Specs.spec()
        .network(
            new NetworkSpec.TorchScript(
                FOLDER + "digits.pt", "", NetworkSpec.TorchScript.Initial.SEED));
  }

  /** With dropout, which draws from the engine's generator, and with running statistics. */
  @Test
  void theSameRunGivesTheSameBits() throws Exception {
    RunOutcome once = digits().train();
    Specs.spec().epochs(1).dropout(0.5).train();
    RunOutcome again = digits().train();
    assertThat(again.weights().npz()).isEqualTo(once.weights().npz());
    assertThat(Untimed.rows(again)).isEqualTo(Untimed.rows(once));
    assertThat(again.best()).isEqualTo(once.best());
    assertThat(digits().seed(4).train().weights().sha256()).isNotEqualTo(once.weights().sha256());
    // Five times chance.
    assertThat(digits().epochs(20).train().best().testScore()).isGreaterThan(0.5);
  }

  @Test
  void whatIsNeverUsedHasTheGradientOfItsPenaltyAlone() throws Exception {
    RunOutcome none = digits().epochs(1).train();
    RunOutcome all =
        digits()
            .epochs(1)
            .optimizer(Specs.sgd(0.1, 0))
            .penalty(Specs.lp(2, 0.1, PenaltySpec.Method.GRADIENT))
            .train();
    double untouched = norm(none, "unused.weight");
    // 200 rows in batches of 32: each of the seven steps multiplies by 1 - 0.1 * 2 * 0.1.
    assertThat(norm(all, "unused.weight")).isCloseTo(untouched * Math.pow(0.98, 7), within());
  }

  private static double norm(RunOutcome run, String layer) {
    return run.layers().stream()
        .filter(each -> each.layer().equals(layer))
        .findFirst()
        .orElseThrow()
        .lpNorm();
  }
}
