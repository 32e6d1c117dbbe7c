package io.shrinklab.spec;

import java.util.AbstractList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A checked experiment: one question, all its runs.
 *
 * @param name the sweep's name, the folder's name under results
 * @param description what it asks, in the author's words; untrusted text
 * @param seeds distinct, in the file's order
 * @param baseline the entry that the others are compared with
 * @param variants in the file's order; may be computed on demand, so iterate and do not copy
 * @param judging what decides a comparison, beside the numbers
 */
public record Experiment(
    String name,
    String description,
    List<Long> seeds,
    String baseline,
    List<Variant> variants,
    Judging judging) {

  /**
   * What the author asks of a decision. No part of any run, so it may change after training.
   *
   * @param margin differences of the score up to it do not matter; NaN where the author names none
   * @param claim what decisions are about
   */
  public record Judging(double margin, Claim claim) {
    /** No margin, beyond these rows. */
    public static final Judging DEFAULT = new Judging(Double.NaN, Claim.BEYOND_THESE_ROWS);

    /** Whether there is a margin. */
    public boolean hasMargin() {
      return !Double.isNaN(margin);
    }
  }

  /** With the default {@link Judging}. */
  public Experiment(
      String name, String description, List<Long> seeds, String baseline, List<Variant> variants) {
    this(name, description, seeds, baseline, variants, Judging.DEFAULT);
  }

  /** Whether a variant is what the others of its setting are compared with. */
  public boolean isBaseline(Variant variant) {
    return variant.entry().equals(baseline);
  }

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
    return new Experiment(name, description, List.copyOf(others), baseline, variants, judging);
  }

  /** The same experiment with some of its variants only. */
  public Experiment withVariants(List<Variant> some) {
    return new Experiment(name, description, seeds, baseline, some, judging);
  }

  /** The same experiment on other data; asked for with each variant when that is asked for. */
  public Experiment withData(UnaryOperator<DataSpec> other) {
    List<Variant> all = variants;
    return withVariants(
        new AbstractList<>() {
          @Override
          public Variant get(int index) {
            Variant variant = all.get(index);
            return variant.withData(other.apply(variant.data()));
          }

          @Override
          public int size() {
            return all.size();
          }
        });
  }

  /** The same experiment, compared with another of its entries. */
  public Experiment withBaseline(String entry) {
    return new Experiment(name, description, seeds, entry, variants, judging);
  }

  /** The same experiment, judged otherwise. */
  public Experiment withJudging(Judging other) {
    return new Experiment(name, description, seeds, baseline, variants, other);
  }
}
