package io.shrinklab.spec;

/**
 * Gives a run up when it is hopeless. The bar is a number and not the other runs' scores: what a
 * run computes must depend on nothing but itself, or order, resuming and reruns would change it.
 */
@Doc("Gives a run up whose best validation score has not reached a bar after some epochs.")
public record Pruning(
    @Doc("The epoch after which the bar must have been reached.") @Range(min = 1, max = 1_000_000)
        int afterEpochs,
    @Doc("The bar: the lowest validation score that is not hopeless.") @Range(min = -1e9, max = 1e9)
        double minimumScore) {}
