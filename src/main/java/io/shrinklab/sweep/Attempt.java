package io.shrinklab.sweep;

import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.results.Content;
import io.shrinklab.spec.RunSpec;
import java.time.Instant;
import java.util.List;

/**
 * One try at a run: what stays of it should it fail.
 *
 * @param started when it was taken up
 * @param printed what its worker prints meanwhile
 * @param epochs those that are finished, more and more of them
 */
record Attempt(RunSpec run, Instant started, Content printed, List<EpochMetrics> epochs) {}
