package io.shrinklab.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What a family (a penalty's kind, p and scope) offers, at the best epoch.
 *
 * @param family for instance {@code L2 weights}
 * @param best the variant with the highest mean validation score
 * @param bestScore over the seeds of the selection
 * @param strongest the variant with the strongest penalty whose mean is within one standard error
 *     of the best (the one-standard-error rule)
 * @param strongestScore over the same seeds
 * @param edge set when the best strength lies at the edge of what was tried
 */
public record FamilyChoice(
    String family,
    String best,
    Estimate bestScore,
    String strongest,
    Estimate strongestScore,
    @Nullable GridEdge edge) {}
