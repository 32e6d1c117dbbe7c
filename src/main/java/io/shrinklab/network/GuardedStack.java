package io.shrinklab.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.shrinklab.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dense networks that are computed together wherever that changes no bit. It does for some shapes,
 * for which the engine's library takes another path when there are several: so before a number of
 * networks is first computed together on a number of rows, each is computed alone as well, and
 * where anything differs such batches are computed one network after the other.
 */
final class GuardedStack implements Stack {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedStack.class);

  private final NDManager manager;

  /** Where the weights are. */
  private final DenseStack all;

  /** One network in memory of its own, as a run alone has it; takes the weights of any. */
  private final DenseStack one;

  /** As many as are still trained together; takes their weights before each pass. */
  private DenseStack some;

  private NDManager ofSome;
  private final Map<Size, Boolean> together = new HashMap<>();

  private record Size(int members, long rows) {}

  /** Takes networks. */
  GuardedStack(DenseStack all, NDManager manager) {
    this.manager = manager;
    this.all = all;
    this.one = all.members() == 1 ? all : all.ofSize(1, manager);
    this.some = one;
    this.ofSome = manager.newSubManager();
  }

  @Override
  public List<NamedParameter> parameters(int member) {
    return all.parameters(member);
  }

  @Override
  public void backward(List<Integer> members, NDArray rows, long step, Slope slope, Found found) {
    if (members.size() == 1 || canBeTogether(members, rows, step, slope)) {
      pass(members, rows, step, slope, found);
    } else {
      members.forEach(member -> pass(List.of(member), rows, step, slope, found));
    }
  }

  private void pass(List<Integer> members, NDArray rows, long step, Slope slope, Found found) {
    DenseStack stack = ofSize(members.size());
    // Where all are computed, each is in its place.
    boolean elsewhere = stack != all;
    for (int i = 0; elsewhere && i < members.size(); i++) {
      stack.take(i, all, members.get(i));
    }
    double[] losses = backward(stack, rows, step, slope);
    for (int i = 0; i < members.size(); i++) {
      if (elsewhere) {
        all.takeStatistics(members.get(i), stack, i);
      }
      found.take(members.get(i), losses[i], stack.gradients(i));
    }
  }

  private DenseStack ofSize(int size) {
    if (size == all.members()) {
      return all;
    }
    if (size == 1) {
      return one;
    }
    if (size != some.members()) {
      ofSome.close();
      ofSome = manager.newSubManager();
      some = all.ofSize(size, ofSome);
    }
    return some;
  }

  private boolean canBeTogether(List<Integer> members, NDArray rows, long step, Slope slope) {
    Size size = new Size(members.size(), rows.getShape().get(0));
    Boolean known = together.get(size);
    if (known == null) {
      known = isTheSame(members, rows, step, slope);
      together.put(size, known);
      if (!known) {
        LOG.info(
            "Batches of {} rows are computed network by network: {} at once give other last bits",
            size.rows(),
            size.members());
      }
    }
    return known;
  }

  private boolean isTheSame(List<Integer> members, NDArray rows, long step, Slope slope) {
    try (NDManager passing = manager.newSubManager()) {
      DenseStack stacked = all.ofSize(members.size(), passing);
      for (int i = 0; i < members.size(); i++) {
        stacked.take(i, all, members.get(i));
      }
      double[] losses = backward(stacked, rows, step, slope);
      for (int i = 0; i < members.size(); i++) {
        one.take(0, all, members.get(i));
        double[] alone = backward(one, rows, step, slope);
        if (Double.compare(alone[0], losses[i]) != 0
            || !equal(one.gradients(0), stacked.gradients(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static double[] backward(DenseStack stack, NDArray rows, long step, Slope slope) {
    double[] losses = new double[stack.members()];
    stack.backward(rows, step, outputs -> slope.of(outputs, losses));
    return losses;
  }

  private static boolean equal(List<Tensor> gradients, List<Tensor> others) {
    return IntStream.range(0, gradients.size())
        .allMatch(i -> Arrays.equals(gradients.get(i).copy(), others.get(i).copy()));
  }

  @Override
  public NDArray evaluate(int member, NDArray rows) {
    if (one != all) {
      one.take(0, all, member);
    }
    return one.evaluate(rows);
  }
}
