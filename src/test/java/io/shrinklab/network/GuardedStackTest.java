package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's products need not give one network the bits that it has alone; a stack does. */
@ExtendWith(EngineExtension.class)
class GuardedStackTest {

  /** Round shapes, odd ones, one output, one row, one unit, and linear networks. */
  @ParameterizedTest(name = "{0} rows, {1} - {2} - {3}, {4} networks")
  @CsvSource({
    "32, 64, 128, 10, 18",
    "12, 64, 128, 10, 18",
    "1, 64, 17, 3, 5",
    "1, 64, 128, 1, 2",
    "5, 100, 3, 3, 7",
    "32, 16, 1, 1, 3",
    "13, 16, 7, 2, 4",
    "12, 17, 10, 2, 24",
    "32, 11, 16, 1, 2",
    "33, 10, 0, 1, 9",
    "2, 1, 0, 1, 3",
    "7, 784, 33, 10, 3",
  })
  void eachNetworksGradientsAreThoseOfItAlone(
      int rows, int inputs, int hidden, int outputs, int members, NDManager manager) {
    NetworkSpec spec =
        hidden == 0
            ? new NetworkSpec.Linear(true)
            : new NetworkSpec.Mlp(List.of(hidden), NetworkSpec.Activation.RELU, 0.2, true);
    NDArray data = values(manager, rows, inputs);
    Stack together = Networks.stack(spec, new Shape(inputs), outputs, 3, members, manager);
    // Each its own weights, so that one taken for another would be seen.
    for (int member = 0; member < members; member++) {
      set(together.parameters(member), member);
    }
    for (int step = 0; step < 2; step++) {
      // The second time without one of them.
      List<Integer> some = new ArrayList<>(IntStream.range(0, members).boxed().toList());
      if (step == 1) {
        some.remove(members / 2);
      }
      int number = step;
      together.backward(
          some,
          data,
          step,
          GuardedStackTest::slope,
          (member, loss, gradients) -> {
            Stack alone = Networks.stack(spec, new Shape(inputs), outputs, 3, 1, manager);
            set(alone.parameters(0), member);
            alone.backward(
                List.of(0),
                data,
                number,
                GuardedStackTest::slope,
                (only, expected, all) -> {
                  assertThat(loss).isEqualTo(expected);
                  for (int i = 0; i < all.size(); i++) {
                    assertThat(gradients.get(i).copy())
                        .as("member %s, parameter %s", member, i)
                        .isEqualTo(all.get(i).copy());
                  }
                });
            assertThat(together.evaluate(member, data).toFloatArray())
                .as("evaluated")
                .hasSize(rows * outputs);
          });
    }
  }

  /** Half the mean of squares: no network's slope depends on another. */
  private static NDArray slope(NDArray outputs, double[] losses) {
    float[] values = outputs.toFloatArray();
    int size = values.length / losses.length;
    for (int i = 0; i < values.length; i++) {
      losses[i / size] += values[i] * values[i] / 2.0 / size;
    }
    return outputs.duplicate();
  }

  private static void set(List<NamedParameter> parameters, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (NamedParameter named : parameters) {
      for (int i = 0; named.parameter().requiresGradient() && i < named.tensor().size(); i++) {
        named.tensor().memory().put(i, (float) random.nextDouble(-0.5, 0.5));
      }
    }
  }

  private static NDArray values(NDManager manager, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(rows);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return manager.create(values, new Shape(rows, columns));
  }
}
