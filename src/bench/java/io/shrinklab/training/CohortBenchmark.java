package io.shrinklab.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.shrinklab.tensor.EngineStart;
import io.shrinklab.data.DataSets;
import io.shrinklab.data.DataSplit;
import io.shrinklab.data.Part;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.ExperimentFolder;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.RunSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What one run costs per step in cohorts of several sizes, by layer of cost, on one thread:
 * microseconds of a run and step of {@code lp-ablation}'s network and rows, beside the matrix
 * products alone, which are what the arithmetic must take at least. A run-step has its share of the
 * evaluation and measurement at an epoch's end. Each figure is the quickest of many repetitions, all
 * in one process, in turn.
 */
public final class CohortBenchmark {
  private static final int[] SIZES = {1, 2, 4, 6, 9, 12, 18, 24, 36};
  private static final int ROUNDS = 40;

  private CohortBenchmark() {}

  public static void main(String[] args) throws Exception {
    Experiment experiment =
        ExperimentFile.read(new ExperimentFolder(Path.of("experiments")).find("lp-ablation"));
    List<RunSpec> variants = experiment.withSeeds(List.of(0L)).runs().toList();
    print(
        "%-4s %9s %9s %9s %9s %9s %9s %9s",
        "K", "products", "passes", "update", "evaluate", "measure", "run-step", "to K=1");
    double alone = 0;
    // The first round is the compiler's.
    for (int round = 0; round < 2; round++) {
      for (int size : SIZES) {
        double each = measure(variants, size, round > 0, alone);
        alone = size == 1 ? each : alone;
      }
    }
  }

  private static double measure(List<RunSpec> variants, int size, boolean printed, double alone)
      throws Exception {
    try (DataSets sets = new DataSets(null);
        NDManager manager = EngineStart.singleThreaded().newBaseManager()) {
      RunSpec first = variants.get(0);
      DataSplit data = sets.split(first.variant().data(), 0, manager);
      Model model = new Model(first, data, size, manager);
      Batches batches =
          new Batches(data.train(), first.variant().training().batchSize(), manager);
      batches.shuffle(new SplittableRandom(1));
      List<Integer> all = IntStream.range(0, size).boxed().toList();
      List<Step> steps = new ArrayList<>();
      List<Measurement> measurements = new ArrayList<>();
      for (int member = 0; member < size; member++) {
        RunSpec run = variants.get(member % variants.size());
        Step step = new Step(run.variant(), model.trained(member));
        steps.add(step);
        measurements.add(
            new Measurement(run.variant(), model.trained(member), step.regularizer()));
      }
      int perEpoch = batches.all().size();
      double runSteps = (double) size * perEpoch;
      double products = products(manager, size, batches.all()) / runSteps;
      double passes =
          quickest(() -> epoch(model, all, batches, (member, loss, gradients) -> {})) / runSteps;
      double both =
          quickest(
                  () ->
                      epoch(
                          model,
                          all,
                          batches,
                          (member, loss, gradients) ->
                              steps.get(member).update(1e-3, gradients)))
              / runSteps;
      double evaluate =
          quickest(
                  () -> {
                    for (int member : all) {
                      model.evaluate(member, data.train());
                      model.evaluate(member, data.validation());
                    }
                  })
              / runSteps;
      Evaluation none = new Evaluation(0, 0);
      double measure =
          quickest(
                  () -> {
                    for (int member : all) {
                      steps.get(member).endEpoch();
                      measurements.get(member).after(1, none, none, 1, 1, 1);
                      Snapshot.of(model.parameters(member));
                    }
                  })
              / runSteps;
      double each = both + evaluate + measure;
      if (printed) {
        print(
            "%-4d %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f %9.2f",
            size,
            products,
            passes,
            both - passes,
            evaluate,
            measure,
            each,
            size == 1 ? 1 : each / alone);
      }
      return each;
    }
  }

  private static void epoch(
      Model model,
      List<Integer> members,
      Batches batches,
      io.shrinklab.network.Stack.Found found) {
    long step = 0;
    for (Part batch : batches.all()) {
      model.backward(members, batch, step++, found);
    }
  }

  /** The products of both passes over an epoch's batches, of 64 - 128 - 64 - 10. */
  private static double products(NDManager manager, int size, List<Part> batches) {
    int[] widths = {64, 128, 64, 10};
    List<Runnable> products = new ArrayList<>();
    for (Part batch : batches) {
      for (int layer = 1; layer < widths.length; layer++) {
        NDArray weights = values(manager, size, widths[layer], widths[layer - 1]);
        NDArray turned = weights.swapAxes(1, 2);
        NDArray in = values(manager, size, widths[layer - 1], batch.rows());
        NDArray inTurned = in.swapAxes(1, 2);
        NDArray out = values(manager, size, widths[layer], batch.rows());
        products.add(() -> weights.batchMatMul(in));
        products.add(() -> out.batchMatMul(inTurned));
        if (layer > 1) {
          products.add(() -> turned.batchMatMul(out));
        }
      }
    }
    return quickest(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            products.forEach(Runnable::run);
          }
        });
  }

  private static NDArray values(NDManager manager, long... shape) {
    return manager.randomNormal(new Shape(shape));
  }

  /** Microseconds. */
  private static double quickest(Runnable work) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / 1e3;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
