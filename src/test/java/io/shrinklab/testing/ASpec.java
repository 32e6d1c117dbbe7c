package io.shrinklab.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.spec.Variant;

/** What a small run is asked to be: a linear network on digits without a penalty, or as told. */
public final class ASpec {
  private String name = "test";
  private String entry = "test";
  private String setting = "";
  private DataSpec data = digits(300, 600, DataSpec.Split.PER_SEED);
  private NetworkSpec network = new NetworkSpec.Linear(true);
  private OptimizerSpec optimizer =
      new OptimizerSpec.Sgd(0.1, 0, new LearningRateSchedule.Constant(0));
  private TrainingSpec training = epochs(3, 32);
  private PenaltySpec penalty = new PenaltySpec.None();

  private ASpec() {}

  /** An entry of an experiment under its own name. */
  public static ASpec named(String name) {
    return new ASpec().entry(name, "");
  }

  /**
   * The sections that an experiment file has, with single quotes as well.
   *
   * @param sections {@code "'data': {...}, 'network': {...}, ..."}, all five
   */
  public static ASpec read(String sections) {
    String json =
        "{'seed': 0, 'variant': {'name': 'x', 'entry': 'x', 'setting': '', " + sections + "}}";
    try {
      Variant read = SpecJson.read(new ObjectMapper().readTree(json.replace('\'', '"'))).variant();
      return new ASpec()
          .data(read.data())
          .network(read.network())
          .optimizer(read.optimizer())
          .training(read.training())
          .penalty(read.penalty());
    } catch (JsonProcessingException | ExperimentException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  /** The embedded digits, all else as by default. */
  public static DataSpec digits(int train, int validation, DataSpec.Split split) {
    return new DataSpec.Digits(Rows.of(train), Rows.of(validation), split, 0);
  }

  /** That many epochs, all else as by default. */
  public static TrainingSpec epochs(int epochs, int batchSize) {
    return new TrainingSpec(
        epochs,
        batchSize,
        0,
        0.001,
        null,
        null,
        0,
        TrainingSpec.Selection.BEST,
        TrainingSpec.Until.EPOCHS,
        1e-6,
        false);
  }

  /** Any name, also one that an experiment file would not be allowed. */
  public ASpec entry(String newEntry, String newSetting) {
    entry = newEntry;
    setting = newSetting;
    name = setting.isEmpty() ? entry : entry + "-" + setting;
    return this;
  }

  public ASpec data(DataSpec section) {
    data = section;
    return this;
  }

  public ASpec network(NetworkSpec section) {
    network = section;
    return this;
  }

  public ASpec optimizer(OptimizerSpec section) {
    optimizer = section;
    return this;
  }

  public ASpec training(TrainingSpec section) {
    training = section;
    return this;
  }

  public ASpec penalty(PenaltySpec section) {
    penalty = section;
    return this;
  }

  public Variant variant() {
    return new Variant(name, entry, setting, data, network, optimizer, training, penalty);
  }

  public RunSpec seed(long seed) {
    return new RunSpec(variant(), seed);
  }
}
