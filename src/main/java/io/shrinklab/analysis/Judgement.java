package io.shrinklab.analysis;

/**
 * A verdict with its reason.
 *
 * @param verdict what is said
 * @param criterion the rule and the numbers that met it, one plain sentence
 */
public record Judgement(Verdict verdict, String criterion) {}
