package io.shrinklab.analysis;

import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.LayerStep;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.outcome.StepMetrics;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer steps of one run, gathered while it trains: every line thinned, so that a million
 * steps take as little memory as a thousand.
 */
public final class StepCourse {
  /** Points of a line, at most; even. */
  static final int MOST_POINTS = 1200;

  /** Points of all lines of a run: 2 MB of a page, with three numbers each. */
  private static final int ALL_POINTS = 100_000;

  /** Parameters whose lines are kept, the largest: a network may have hundreds. */
  public static final int MOST_LAYERS = 60;

  /** Steps whose loss and weights are kept in bits, to tell where two runs part. */
  static final int MOST_BITS = 1_000_000;

  private final RunSpec spec;
  private final Map<Quantity, ThinnedLine> lines = new EnumMap<>(Quantity.class);
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private int layersLeftOut;
  private long[] fingerprints = new long[1024];
  private double[] losses = new double[1024];
  private long steps;
  private int stepsPerEpoch;
  private @Nullable StepMetrics first;
  private @Nullable StepMetrics last;
  private @Nullable RunOutcome outcome;

  /** What a step is told of as a whole. */
  public enum Quantity {
    DATA_LOSS,
    PENALTY,
    TOTAL_LOSS,
    LEARNING_RATE;

    private double of(StepMetrics step) {
      return switch (this) {
        case DATA_LOSS -> step.dataLoss();
        case PENALTY -> step.penalty();
        case TOTAL_LOSS -> step.totalLoss();
        case LEARNING_RATE -> step.learningRate();
      };
    }
  }

  /**
   * The lines of one parameter, or of all multiplicative weights together.
   *
   * @param weights how many elements
   */
  public record Layer(String name, long weights, Map<LayerQuantity, ThinnedLine> lines) {
    private static Layer like(LayerStep step, int points) {
      Map<LayerQuantity, ThinnedLine> lines = new EnumMap<>(LayerQuantity.class);
      step.values().keySet().forEach(quantity -> lines.put(quantity, new ThinnedLine(points)));
      return new Layer(step.layer(), step.weights(), lines);
    }

    private void add(LayerStep step) {
      lines.forEach((quantity, line) -> line.add(step.get(quantity)));
    }

    /** One of its lines. */
    public ThinnedLine line(LayerQuantity quantity) {
      return Objects.requireNonNull(lines.get(quantity));
    }
  }

  /** Of a run that has yet to be trained. */
  public StepCourse(RunSpec spec) {
    this.spec = spec;
  }

  /** Takes the next step in. */
  public void add(StepMetrics step) {
    if (first == null) {
      first = step;
      begin(step);
    }
    last = step;
    if (steps < MOST_BITS) {
      int at = (int) steps;
      if (at == losses.length) {
        losses = Arrays.copyOf(losses, 2 * at);
        fingerprints = Arrays.copyOf(fingerprints, 2 * at);
      }
      losses[at] = step.dataLoss();
      fingerprints[at] = step.fingerprint();
    }
    steps++;
    stepsPerEpoch += step.epoch() == 1 ? 1 : 0;
    lines.forEach((quantity, line) -> line.add(quantity.of(step)));
    Objects.requireNonNull(layers.get("")).add(step.weights());
    for (LayerStep layer : step.layers()) {
      Layer kept = layers.get(layer.layer());
      if (kept != null) {
        kept.add(layer);
      }
    }
  }

  private void begin(StepMetrics step) {
    Set<String> largest =
        step.layers().stream()
            .sorted(Comparator.comparingLong(LayerStep::weights).reversed())
            .limit(MOST_LAYERS)
            .map(LayerStep::layer)
            .collect(Collectors.toSet());
    layersLeftOut = step.layers().size() - largest.size();
    int all = Quantity.values().length + (1 + largest.size()) * LayerQuantity.values().length;
    int points = Math.min(MOST_POINTS, ALL_POINTS / all / 2 * 2);
    for (Quantity quantity : Quantity.values()) {
      lines.put(quantity, new ThinnedLine(points));
    }
    // No parameter has an empty name.
    layers.put("", Layer.like(step.weights(), points));
    step.layers().stream()
        .filter(layer -> largest.contains(layer.layer()))
        .forEach(layer -> layers.put(layer.layer(), Layer.like(layer, points)));
  }

  /** Notes how the run ended; one that broke off ends without. */
  public void end(RunOutcome ended) {
    outcome = ended;
  }

  /** Which run. */
  public RunSpec spec() {
    return spec;
  }

  /** How many steps it took. */
  public long steps() {
    return steps;
  }

  /** How many of them the first epoch took. */
  public int stepsPerEpoch() {
    return stepsPerEpoch;
  }

  /** The first step; null where none was taken. */
  public @Nullable StepMetrics first() {
    return first;
  }

  /** The last step; null where none was taken. */
  public @Nullable StepMetrics last() {
    return last;
  }

  /** What the run gave; null where it broke off. */
  public @Nullable RunOutcome outcome() {
    return outcome;
  }

  /** A line of the whole step; there must be a step. */
  public ThinnedLine line(Quantity quantity) {
    return Objects.requireNonNull(lines.get(quantity));
  }

  /** All multiplicative weights together, then every parameter; empty without a step. */
  public List<Layer> layers() {
    return new ArrayList<>(layers.values());
  }

  /** Parameters whose lines were not kept, since they are many. */
  public int layersLeftOut() {
    return layersLeftOut;
  }

  /** Bits of the weights that a step began with, for the first steps; counted from 0. */
  long fingerprint(int step) {
    return fingerprints[step];
  }

  /** The data loss of one of the first steps, counted from 0. */
  double loss(int step) {
    return losses[step];
  }
}
