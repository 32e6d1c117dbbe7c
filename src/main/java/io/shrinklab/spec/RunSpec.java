package io.shrinklab.spec;

/**
 * One training run: a variant and a seed. Everything that decides its outcome is in here.
 *
 * @param variant the treatment
 * @param seed decides split, initial weights, batch order and dropout
 */
public record RunSpec(Variant variant, @Range(min = 0) long seed) {

  /** For people: {@code l2-weights-1e-05 seed 3}. */
  public String label() {
    return variant.name() + " seed " + seed;
  }
}
