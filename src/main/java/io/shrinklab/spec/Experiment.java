package io.shrinklab.spec;

import java.util.List;
import java.util.stream.Stream;

/**
 * A checked experiment: one question, all its runs.
 *
 * @param name the sweep's name, the folder's name under results
 * @param description what it asks, in the author's words; untrusted text
 * @param seeds distinct, in the file's order
 * @param baseline the entry that the others are compared with
 * @param variants in the file's order; may be computed on demand, so iterate and do not copy
 */
public record Experiment(
    String name, String description, List<Long> seeds, String baseline, List<Variant> variants) {

  /** Every variant with every seed: variants in order, seeds within. */
  public Stream<RunSpec> runs() {
    return variants.stream()
        .flatMap(variant -> seeds.stream().map(seed -> new RunSpec(variant, seed)));
  }

  /** The number of runs. */
  public long size() {
    return (long) variants.size() * seeds.size();
  }

  /** The same experiment with other seeds. */
  public Experiment withSeeds(List<Long> others) {
    return new Experiment(name, description, List.copyOf(others), baseline, variants);
  }

  /** The same experiment with some of its variants only. */
  public Experiment withVariants(List<Variant> some) {
    return new Experiment(name, description, seeds, baseline, some);
  }
}
