package io.shrinklab.report;

/**
 * How far a sweep is when its page is written before its end.
 *
 * @param over runs that are over, however they ended
 * @param planned runs in all
 * @param written when the page was written, as ISO 8601 has it, in UTC
 * @param next seconds until the next one is to be expected, if a run ends until then
 */
public record Live(long over, long planned, String written, long next) {}
