package io.shrinklab.analysis;

import java.util.Optional;

/**
 * Two variants' runs of one seed.
 *
 * @param seed of both
 * @param left the run of what is compared with
 * @param right the other run
 * @param difference of the validation scores at each one's best epoch, right minus left; NaN unless
 *     both completed
 * @param parting where they begin to differ; empty unless both have an epoch
 * @param sameData whether both read the same data; true unless both are stored and tell otherwise
 */
public record SeedMatch(
    long seed,
    RunSummary left,
    RunSummary right,
    double difference,
    Optional<Parting> parting,
    boolean sameData) {}
