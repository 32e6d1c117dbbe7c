package io.shrinklab.api;

import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.spec.ShrinklabException;
import io.shrinklab.spec.Variant;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;

/** A checked experiment: variants to be compared, and seeds. Immutable. */
@API(status = API.Status.STABLE)
public final class Experiment {
  private final io.shrinklab.spec.Experiment checked;

  private Experiment(io.shrinklab.spec.Experiment checked) {
    this.checked = checked;
  }

  /**
   * Reads an experiment file.
   *
   * @throws ShrinklabException when it cannot be run; the message names every problem with its
   *     place in the file
   */
  public static Experiment read(Path file) throws ShrinklabException {
    return new Experiment(ExperimentFile.read(file));
  }

  /**
   * The same from a text that the program has made.
   *
   * @param json what an experiment file holds; {@code name} is {@code experiment} where it gives
   *     none
   * @throws ShrinklabException as {@link #read}
   */
  public static Experiment parse(String json) throws ShrinklabException {
    return new Experiment(ExperimentFile.parse(json, "experiment"));
  }

  /** Its name, and the name of its folder under the results. */
  public String name() {
    return checked.name();
  }

  /** The variants' names, as in tables: a grid gives one for each of its points. */
  public List<String> variants() {
    return checked.variants().stream().map(Variant::name).toList();
  }

  /** Every variant is trained with each of them. */
  public List<Long> seeds() {
    return checked.seeds();
  }

  /**
   * The same experiment with other seeds.
   *
   * @param seeds distinct, at least 0 and at least one
   * @throws IllegalArgumentException when they are not
   */
  public Experiment withSeeds(List<Long> seeds) {
    if (seeds.isEmpty()
        || seeds.stream().distinct().count() < seeds.size()
        || seeds.stream().anyMatch(seed -> seed < 0)) {
      throw new IllegalArgumentException(
          "seeds: found " + seeds + "; needs distinct whole numbers from 0 on, at least one");
    }
    return new Experiment(checked.withSeeds(seeds));
  }

  /** As the rooms behind this door know it. */
  io.shrinklab.spec.Experiment checked() {
    return checked;
  }
}
