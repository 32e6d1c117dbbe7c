package io.shrinklab.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Softmax regression from weights of 0, or networks 49-32-10 of rectified units, trained by Adam on
 * batches of 32.
 *
 * @param hidden units, 0 for softmax regression
 * @param steps of training
 */
record SmallNetworks(StudyDigits digits, int hidden, int steps) implements StudyLearner {
  private static final int WIDTH = StudyDigits.WIDTH;
  private static final int CLASSES = StudyDigits.CLASSES;
  private static final int BATCH = 32;

  /** What differs from none. */
  private record Treatment(String name, double l1, double l2, boolean otherStart) {}

  private List<Treatment> list() {
    List<Treatment> list = new ArrayList<>();
    list.add(new Treatment("none", 0, 0, false));
    if (hidden > 0) {
      list.add(new Treatment("start", 0, 0, true));
    }
    list.add(new Treatment("L2 0.001", 0, 0.001, false));
    list.add(new Treatment("L2 0.01", 0, 0.01, false));
    list.add(new Treatment("L1 0.001", 0.001, 0, false));
    return list;
  }

  @Override
  public List<String> treatments() {
    return list().stream().map(Treatment::name).toList();
  }

  @Override
  public double[] scores(int[] train, int[] validation, SplittableRandom random) {
    long start = random.nextLong();
    long other = random.nextLong();
    long order = random.nextLong();
    return list().stream()
        .mapToDouble(
            treatment -> {
              Network network =
                  new Network(hidden, new SplittableRandom(treatment.otherStart() ? other : start));
              network.train(digits, train, steps, treatment, new SplittableRandom(order));
              return digits.accuracy(validation, network::outputs);
            })
        .toArray();
  }

  /** Weights of one layer, output by output, with Adam's moments. The last input is 1. */
  private static final class Layer {
    private static final float RATE = 0.005f;
    private final int inputs;
    private final float[][] weights;
    private final float[][] gradients;
    private final float[][] first;
    private final float[][] second;

    Layer(int outputs, int inputs, double bound, SplittableRandom random) {
      this.inputs = inputs;
      weights = new float[outputs][inputs];
      gradients = new float[outputs][inputs];
      first = new float[outputs][inputs];
      second = new float[outputs][inputs];
      for (float[] row : weights) {
        for (int i = 0; i < inputs - 1; i++) {
          row[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
      }
    }

    void forward(float[] x, float[] outputs) {
      for (int o = 0; o < weights.length; o++) {
        float[] row = weights[o];
        float sum = 0;
        for (int i = 0; i < inputs; i++) {
          sum += row[i] * x[i];
        }
        outputs[o] = sum;
      }
    }

    void backward(float[] x, float[] slopes, float @Nullable [] inputSlopes) {
      for (int o = 0; o < weights.length; o++) {
        float slope = slopes[o];
        if (slope != 0) {
          float[] gradient = gradients[o];
          for (int i = 0; i < inputs; i++) {
            gradient[i] += slope * x[i];
          }
          if (inputSlopes != null) {
            float[] row = weights[o];
            for (int i = 0; i < inputs - 1; i++) {
              inputSlopes[i] += slope * row[i];
            }
          }
        }
      }
    }

    void step(int number, Treatment treatment) {
      float l1 = (float) treatment.l1();
      float l2 = (float) (2 * treatment.l2());
      float scale = (float) (1 / (1 - Math.pow(0.9, number)));
      float spread = (float) (1 / (1 - Math.pow(0.999, number)));
      for (int o = 0; o < weights.length; o++) {
        float[] row = weights[o];
        for (int i = 0; i < inputs; i++) {
          float gradient = gradients[o][i] / BATCH;
          if (i < inputs - 1) {
            gradient += l1 * Math.signum(row[i]) + l2 * row[i];
          }
          gradients[o][i] = 0;
          first[o][i] += 0.1f * (gradient - first[o][i]);
          second[o][i] += 0.001f * (gradient * gradient - second[o][i]);
          row[i] -= RATE * first[o][i] * scale / ((float) Math.sqrt(second[o][i] * spread) + 1e-8f);
        }
      }
    }
  }

  private static final class Network {
    private final @Nullable Layer lower;
    private final Layer upper;
    private final float[] units;
    private final float[] slopes;

    Network(int hidden, SplittableRandom random) {
      units = new float[hidden + 1];
      units[hidden] = 1;
      slopes = new float[hidden + 1];
      lower = hidden == 0 ? null : new Layer(hidden, WIDTH, Math.sqrt(6.0 / (WIDTH - 1)), random);
      upper =
          hidden == 0
              ? new Layer(CLASSES, WIDTH, 0, random)
              : new Layer(CLASSES, hidden + 1, Math.sqrt(6.0 / hidden), random);
    }

    private float[] units(float[] x) {
      if (lower == null) {
        return x;
      }
      lower.forward(x, units);
      for (int i = 0; i < units.length - 1; i++) {
        units[i] = Math.max(0, units[i]);
      }
      return units;
    }

    float[] outputs(float[] x) {
      float[] outputs = new float[CLASSES];
      upper.forward(units(x), outputs);
      return outputs;
    }

    void train(
        StudyDigits digits, int[] rows, int steps, Treatment treatment, SplittableRandom random) {
      int[] order = rows.clone();
      int at = order.length;
      for (int step = 1; step <= steps; step++) {
        for (int i = 0; i < BATCH; i++) {
          if (at == order.length) {
            StudyDigits.shuffle(order, random);
            at = 0;
          }
          learn(digits.features(order[at]), digits.label(order[at]));
          at++;
        }
        if (lower != null) {
          lower.step(step, treatment);
        }
        upper.step(step, treatment);
      }
    }

    private void learn(float[] x, int label) {
      float[] outputs = outputs(x);
      float largest = Float.NEGATIVE_INFINITY;
      for (float output : outputs) {
        largest = Math.max(largest, output);
      }
      float sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        outputs[c] = (float) Math.exp(outputs[c] - largest);
        sum += outputs[c];
      }
      for (int c = 0; c < CLASSES; c++) {
        outputs[c] = outputs[c] / sum - (c == label ? 1 : 0);
      }
      if (lower == null) {
        upper.backward(x, outputs, null);
        return;
      }
      Arrays.fill(slopes, 0);
      upper.backward(units, outputs, slopes);
      for (int i = 0; i < slopes.length - 1; i++) {
        slopes[i] = units[i] > 0 ? slopes[i] : 0;
      }
      lower.backward(x, slopes, null);
    }
  }
}
