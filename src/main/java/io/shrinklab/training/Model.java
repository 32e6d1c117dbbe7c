package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.network.Networks;
import io.shrinklab.network.Stack;
import io.shrinklab.spec.RunSpec;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The networks of a cohort with their objective, and nothing of penalties or steps. */
final class Model {
  /** Rows evaluated at once, at most. */
  private static final int EVALUATION_ROWS = 2048;

  /** Inputs evaluated at once, at most: bounds the memory of activations where rows are images. */
  private static final long EVALUATION_VALUES = 1 << 20;

  private final Stack networks;
  private final Objective objective;
  private final NDManager manager;
  private final IdentityHashMap<Part, List<Part>> chunks = new IdentityHashMap<>();

  /**
   * Builds the networks, all with the same weights.
   *
   * @param spec of any run of the cohort
   * @param members how many
   * @param manager owns what is allocated
   */
  Model(RunSpec spec, DataSplit data, int members, NDManager manager) {
    this.manager = manager;
    this.networks =
        Networks.stack(
            spec.variant().network(),
            data.train().features().getShape().slice(1),
            data.outputs(),
            spec.seed(),
            members,
            manager);
    this.objective = Objective.of(data.task(), spec.variant().training().labelSmoothing());
  }

  /** All parameters of a network, running statistics included. */
  List<NamedParameter> parameters(int member) {
    return networks.parameters(member);
  }

  /** Those that an optimizer moves. */
  List<NamedParameter> trained(int member) {
    return parameters(member).stream()
        .filter(named -> named.parameter().requiresGradient())
        .toList();
  }

  /**
   * Finds the gradients of the batch's mean data loss, in training mode.
   *
   * @param members of which networks
   * @param step of the run, counted from 0
   */
  void backward(List<Integer> members, Part batch, long step, Stack.Found found) {
    networks.backward(
        members,
        batch.features(),
        step,
        (outputs, losses) -> objective.slope(outputs, batch.labels(), losses),
        found);
  }

  /** Loss and score of a part for one network in evaluation mode. */
  Evaluation evaluate(int member, Part part) {
    return evaluate(member, part, outputs -> {});
  }

  /**
   * The same.
   *
   * @param seen is shown the outputs, [1, outputs, n], of so many rows at once
   */
  Evaluation evaluate(int member, Part part, Consumer<NDArray> seen) {
    Objective.Tally tally = objective.tally();
    for (Part chunk : chunks(part)) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray outputs = networks.evaluate(member, chunk.features());
        seen.accept(outputs);
        tally.add(outputs, chunk.labels());
      }
    }
    return tally.result();
  }

  /** A part in views of as many rows as are evaluated at once, made once. */
  private List<Part> chunks(Part part) {
    return chunks.computeIfAbsent(
        part,
        whole -> {
          if (whole.rows() == 0) {
            return List.of();
          }
          long values = whole.features().size() / whole.rows();
          int rows = (int) Math.max(1, Math.min(EVALUATION_ROWS, EVALUATION_VALUES / values));
          NDList features = Batches.views(whole.features(), rows);
          NDList labels = Batches.views(whole.labels(), rows);
          if (features.size() > 1) {
            // A single one is the part itself, which is not ours.
            features.attach(manager);
            labels.attach(manager);
          }
          return IntStream.range(0, features.size())
              .mapToObj(i -> new Part(features.get(i), labels.get(i)))
              .toList();
        });
  }
}
