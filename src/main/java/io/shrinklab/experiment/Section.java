package io.shrinklab.experiment;

import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.spec.Variant;

/** The parts of a variant that decide what is trained. */
enum Section {
  DATA("data", DataSpec.class),
  NETWORK("network", NetworkSpec.class),
  OPTIMIZER("optimizer", OptimizerSpec.class),
  TRAINING("training", TrainingSpec.class),
  PENALTY("penalty", PenaltySpec.class);

  private final String key;
  private final Class<?> type;

  Section(String key, Class<?> type) {
    this.key = key;
    this.type = type;
  }

  /** The section's key in the file. */
  String key() {
    return key;
  }

  /** What it may hold. */
  Shape shape() {
    return type.isRecord() ? RecordShape.of(type) : KindShape.of(type);
  }

  /** Its place in a variant's tree. */
  Place place() {
    return Place.ROOT.key(key);
  }

  /** The section's record in a variant. */
  Object of(Variant variant) {
    return switch (this) {
      case DATA -> variant.data();
      case NETWORK -> variant.network();
      case OPTIMIZER -> variant.optimizer();
      case TRAINING -> variant.training();
      case PENALTY -> variant.penalty();
    };
  }
}
