package io.shrinklab.results;

/**
 * What a file was when it was written.
 *
 * @param bytes its size
 * @param sha256 of its content, in hex
 */
record FileSeal(long bytes, String sha256) {}
