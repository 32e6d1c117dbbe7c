package io.shrinklab.experiment;

/**
 * One training run: a variant and a seed. Everything that decides its outcome is in here.
 *
 * @param variant the treatment
 * @param seed decides split, initial weights, batch order and dropout
 */
public record RunSpec(Variant variant, long seed) {

  /** SHA-256, in hex, over everything that decides the outcome; names and machine paths do not. */
  public String identity() {
    return Identity.of(this);
  }

  /** The first eight digits of {@link #identity()}: enough within one variant and seed. */
  public String shortIdentity() {
    return identity().substring(0, 8);
  }

  /** For people: {@code l2-weights-1e-05 seed 3}. */
  public String label() {
    return variant.name() + " seed " + seed;
  }
}
