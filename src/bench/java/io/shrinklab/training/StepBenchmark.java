package io.shrinklab.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.shrinklab.tensor.EngineStart;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.data.Task;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.network.Networks;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.Lambda;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.PenaltySpec.Method;
import io.shrinklab.spec.PenaltySpec.Scope;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.StrengthSchedule;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.spec.Variant;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.penalty.ParameterScope;
import io.shrinklab.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a penalty costs: one whole training step (forward, backward, penalty, Adam) of 784-256-128-10
 * on a batch of 128, one thread, in turn with the same step without a penalty, so that both see the
 * same machine. Labels are drawn anew for every step: nothing is learnt by heart, and gradients stay
 * as large as in training.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {
  private static final double LAMBDA = 1e-4;

  @Param({
    "none", "weight-decay", "decoupled-weight-decay", "l2", "l1", "elastic-net", "l0.5", "l1.5", "l3", "l0.7", "l1.3", "l2.5",
    "l0 proximal", "l0.5 proximal", "l0.7 proximal", "l2/3 proximal", "l1 proximal", "l1.5 proximal", "l2 proximal",
    "l3 proximal", "l1.3 proximal", "l2.5 proximal", "elastic-net proximal", "group-lasso proximal", "l0.5 decoupled", "l1 decoupled", "l1.3 decoupled",
    "l1 autograd", "l2 autograd", "l0.5 autograd", "l1.3 autograd", "elastic-net autograd"
  })
  String penalty = "none";

  private static final int LABELINGS = 64;

  private NDManager manager;
  private Contender plain;
  private Contender penalized;
  private Part[] batches;
  private int next;

  /** Nanoseconds of both steps, summed over an iteration. */
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    public long plainNanos;
    public long penalizedNanos;
    public long steps;
  }

  /** A network with its penalty. */
  private interface Contender {
    double step(Part batch);

    void endEpoch();
  }

  /** As a run trains it. */
  private static final class Ours implements Contender {
    private final Model model;
    private final Step step;
    private long steps;

    Ours(RunSpec spec, DataSplit data, NDManager manager) throws Exception {
      model = new Model(spec, data, 1, manager);
      step = new Step(spec.variant(), model.trained(0));
    }

    @Override
    public double step(Part batch) {
      double[] found = new double[1];
      model.backward(
          List.of(0),
          batch,
          steps++,
          (member, loss, gradients) -> {
            found[0] = loss;
            step.update(1e-3, gradients);
          });
      return found[0];
    }

    @Override
    public void endEpoch() {
      step.endEpoch();
    }
  }

  /** The usual way: the penalty as a term of the loss, differentiated by the engine. */
  private static final class Usual implements Contender {
    private final Block block;
    private final ParameterStore store;
    private final List<NamedParameter> parameters;
    private final UnaryOperator<NDArray> term;
    private final Step step;

    Usual(RunSpec spec, NDManager manager, UnaryOperator<NDArray> term) throws Exception {
      block =
          Networks.create(
              spec.variant().network(), new Shape(784), 10, new SplittableRandom(1), manager);
      store = new ParameterStore(manager, false);
      parameters = Networks.parameters(block);
      step = new Step(spec.variant(), parameters);
      this.term = term;
    }

    @Override
    public double step(Part batch) {
      try (NDScope scope = new NDScope();
          GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        scope.suppressNotUsedWarning();
        NDArray output =
            block.forward(store, new NDList(batch.features()), true).singletonOrThrow();
        NDArray loss = output.logSoftmax(1).gather(batch.labels().expandDims(1), 1).mean().neg();
        for (NamedParameter named : parameters) {
          if (term != null && ParameterScope.isMultiplicativeWeight(named)) {
            NDArray weight = named.parameter().getArray();
            // A number of Java's would be read after it is gone.
            NDArray lambda = weight.getManager().full(new Shape(), (float) LAMBDA);
            loss = loss.add(term.apply(weight).mul(lambda));
          }
        }
        collector.backward(loss);
        double value = loss.getFloat();
        List<Tensor> gradients = new ArrayList<>();
        for (NamedParameter named : parameters) {
          gradients.add(Tensor.of(named.parameter().getArray().getGradient()));
        }
        step.update(1e-3, gradients);
        for (Tensor gradient : gradients) {
          gradient.memory().put(0, new float[gradient.size()]);
        }
        return value;
      }
    }

    @Override
    public void endEpoch() {
      step.endEpoch();
    }
  }

  /** Builds both networks on random data. */
  @Setup
  public void open() throws Exception {
    manager = EngineStart.singleThreaded().newBaseManager();
    SplittableRandom random = new SplittableRandom(1);
    NDArray features = manager.randomUniform(0, 1, new Shape(128, 784), DataType.FLOAT32);
    batches = new Part[LABELINGS];
    for (int i = 0; i < LABELINGS; i++) {
      long[] labels = random.longs(128, 0, 10).toArray();
      batches[i] = new Part(features, manager.create(labels));
    }
    boolean autograd = penalty.endsWith(" autograd");
    plain = contender(new PenaltySpec.None(), autograd, null);
    penalized =
        autograd
            ? contender(new PenaltySpec.None(), true, this::term)
            : contender(spec(penalty), false, null);
  }

  private Contender contender(PenaltySpec spec, boolean usual, UnaryOperator<NDArray> term)
      throws Exception {
    Part batch = batches[0];
    DataSplit data =
        new DataSplit(
            Task.SINGLE_LABEL, 10, batch, batch, batch, 128, 0, "", new EqualRows(0, 0), 0.1, List.of(), List.of(), DataSplit.Making.UNKNOWN);
    Variant variant =
        new Variant(
            "b",
            "b",
            "",
            new DataSpec.Digits(Rows.of(1), Rows.of(1), DataSpec.Split.FIXED, 0),
            new NetworkSpec.Mlp(List.of(256, 128), NetworkSpec.Activation.RELU, 0, false),
            new OptimizerSpec.Adam(1e-3, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0)),
            new TrainingSpec(1, 128, 0, 1e-3, null, null, 0, TrainingSpec.Selection.BEST, TrainingSpec.Until.EPOCHS, 1e-6, false),
            spec);
    RunSpec run = new RunSpec(variant, 0);
    return usual ? new Usual(run, manager, term) : new Ours(run, data, manager);
  }

  /** Frees them. */
  @TearDown
  public void close() {
    manager.close();
  }

  /** One step without the penalty and one with it. */
  @Benchmark
  public double both(Times times) {
    Part batch = batches[next++ % LABELINGS];
    if (next % LABELINGS == 0) {
      // As at the end of an epoch.
      plain.endEpoch();
      penalized.endEpoch();
    }
    long start = System.nanoTime();
    double loss = plain.step(batch);
    long middle = System.nanoTime();
    loss += penalized.step(batch);
    times.plainNanos += middle - start;
    times.penalizedNanos += System.nanoTime() - middle;
    times.steps++;
    return loss;
  }

  private NDArray term(NDArray w) {
    return switch (penalty) {
      case "l1 autograd" -> w.abs().sum();
      case "l2 autograd" -> w.square().sum();
      case "elastic-net autograd" -> w.abs().sum().add(w.square().sum());
      case "l0.5 autograd" -> w.abs().pow(0.5f).sum();
      default -> w.abs().pow(1.3f).sum();
    };
  }

  private static PenaltySpec spec(String name) {
    String[] words = name.split(" ");
    Method method =
        words.length == 1 ? Method.GRADIENT : Method.valueOf(words[1].toUpperCase(Locale.ROOT));
    StrengthSchedule constant = new StrengthSchedule.Constant();
    Lambda lambda = new Lambda(LAMBDA);
    return switch (words[0]) {
      case "none" -> new PenaltySpec.None();
      case "weight-decay" -> new PenaltySpec.WeightDecay(LAMBDA, Scope.ALL);
      case "decoupled-weight-decay" -> new PenaltySpec.DecoupledWeightDecay(LAMBDA, Scope.ALL);
      case "elastic-net" ->
          new PenaltySpec.ElasticNet(lambda, lambda, Scope.WEIGHTS, method, null, constant);
      case "group-lasso" -> new PenaltySpec.GroupLasso(lambda, 0, method, null, constant);
      default -> {
        String p = words[0].substring(1);
        double value = p.equals("2/3") ? 2.0 / 3 : Double.parseDouble(p);
        yield new PenaltySpec.Lp(value, lambda, Scope.WEIGHTS, method, 1e-8, null, constant);
      }
    };
  }

  /** Runs all and prints a table of ratios. */
  public static void main(String[] args) throws Exception {
    OptionsBuilder options = new OptionsBuilder();
    options.include(StepBenchmark.class.getSimpleName());
    if (args.length > 0) {
      options.param("penalty", args);
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    System.out.println();
    System.out.println("| penalty | step without, microseconds | step with | ratio |");
    System.out.println("|---|--:|--:|--:|");
    for (RunResult result : results) {
      // The ratio of every iteration, and their median: an iteration that the machine disturbed
      // stands for itself only.
      double[] ratios = new double[0];
      double plainNanos = Double.POSITIVE_INFINITY;
      double penalizedNanos = Double.POSITIVE_INFINITY;
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          double steps = value(iteration, "steps");
          double without = value(iteration, "plainNanos") / steps;
          double with = value(iteration, "penalizedNanos") / steps;
          ratios = Arrays.copyOf(ratios, ratios.length + 1);
          ratios[ratios.length - 1] = with / without;
          plainNanos = Math.min(plainNanos, without);
          penalizedNanos = Math.min(penalizedNanos, with);
        }
      }
      Arrays.sort(ratios);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.3f |%n",
          result.getParams().getParam("penalty"),
          plainNanos / 1e3,
          penalizedNanos / 1e3,
          ratios[ratios.length / 2]);
    }
  }

  private static double value(IterationResult iteration, String counter) {
    return iteration.getSecondaryResults().get(counter).getScore();
  }
}
