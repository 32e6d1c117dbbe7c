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
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.data.Task;
import io.shrinklab.experiment.DataSpec;
import io.shrinklab.experiment.Lambda;
import io.shrinklab.experiment.LearningRateSchedule;
import io.shrinklab.experiment.NetworkSpec;
import io.shrinklab.experiment.OptimizerSpec;
import io.shrinklab.experiment.PenaltySpec;
import io.shrinklab.experiment.PenaltySpec.Method;
import io.shrinklab.experiment.PenaltySpec.Scope;
import io.shrinklab.experiment.RunSpec;
import io.shrinklab.experiment.StrengthSchedule;
import io.shrinklab.experiment.TrainingSpec;
import io.shrinklab.experiment.Variant;
import io.shrinklab.penalty.ParameterScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a penalty costs: one whole training step (forward, backward, penalty, Adam) of 784-256-128-10 on a batch of 128, one
 * thread, and its ratio to the step without a penalty in the same run.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StepBenchmark {
  private static final String PLAIN = "none";
  private static final double LAMBDA = 1e-4;

  @Param({
    "none", "weight-decay", "decoupled-weight-decay", "l2", "l1", "elastic-net", "l0.5", "l1.5", "l3", "l0.7", "l1.3", "l2.5",
    "l0 proximal", "l0.5 proximal", "l0.7 proximal", "l2/3 proximal", "l1 proximal", "l1.5 proximal", "l2 proximal",
    "l3 proximal", "elastic-net proximal", "group-lasso proximal", "l0.5 decoupled", "l1 decoupled", "l1.3 decoupled",
    "l1 autograd", "l2 autograd", "l0.5 autograd", "l1.3 autograd", "elastic-net autograd"
  })
  String penalty = PLAIN;

  private NDManager manager;
  private Model model;
  private Step step;
  private Part batch;
  private Block block;
  private ParameterStore store;
  private List<NDArray> penalized;

  /** Builds the network on random data. */
  @Setup
  public void open() throws Exception {
    Engine engine = EngineStart.singleThreaded();
    manager = engine.newBaseManager();
    NDArray features = manager.randomUniform(0, 1, new Shape(128, 784), DataType.FLOAT32);
    long[] labels = new long[128];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 10;
    }
    batch = new Part(features, manager.create(labels));
    DataSplit data = new DataSplit(Task.SINGLE_LABEL, 10, batch, batch, batch, 128, "");
    boolean autograd = penalty.endsWith(" autograd");
    NetworkSpec network =
        new NetworkSpec.Mlp(List.of(256, 128), NetworkSpec.Activation.RELU, 0, false);
    Variant variant =
        new Variant(
            "b",
            "b",
            "",
            new DataSpec.Digits(1, 1, DataSpec.Split.FIXED, 0),
            network,
            new OptimizerSpec.Adam(1e-3, 0.9, 0.999, 1e-8, new LearningRateSchedule.Constant(0)),
            new TrainingSpec(1, 128, 0, 1e-3, null, 0),
            autograd ? new PenaltySpec.None() : spec(penalty));
    model = new Model(new RunSpec(variant, 0), data, manager, engine);
    step = new Step(variant, model, manager);
    model.backward(batch);
    store = new ParameterStore(manager, false);
    block = model.block();
    penalized =
        model.trained().stream()
            .filter(ParameterScope::isMultiplicativeWeight)
            .map(named -> named.parameter().getArray())
            .toList();
  }

  /** Frees it. */
  @TearDown
  public void close() {
    manager.close();
  }

  /** One step. */
  @Benchmark
  public double step() {
    double loss =
        penalty.endsWith(" autograd") ? backwardThroughPenalty() : model.backward(batch);
    step.update(1e-3);
    return loss;
  }

  /** The usual way: the penalty as a term of the loss, differentiated by the engine. */
  private double backwardThroughPenalty() {
    try (NDScope scope = new NDScope();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDArray output =
          block.forward(store, new NDList(batch.features()), true).singletonOrThrow();
      NDArray loss =
          output.logSoftmax(1).gather(batch.labels().expandDims(1), 1).mean().neg();
      for (NDArray weight : penalized) {
        loss = loss.add(term(weight).mul((float) LAMBDA));
      }
      collector.backward(loss);
      return loss.getFloat();
    }
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
      case "group-lasso" -> new PenaltySpec.GroupLasso(lambda, method, null, constant);
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
    Map<String, Double> microseconds = new TreeMap<>();
    List<String> order = new ArrayList<>();
    for (RunResult result : results) {
      String name = result.getParams().getParam("penalty");
      order.add(name);
      microseconds.put(name, result.getPrimaryResult().getStatistics().getMin());
    }
    System.out.println();
    System.out.println("| penalty | microseconds a step | ratio to none |");
    System.out.println("|---|--:|--:|");
    for (String name : order) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.3f |%n",
          name,
          microseconds.get(name),
          microseconds.get(name) / microseconds.getOrDefault(PLAIN, Double.NaN));
    }
  }
}
