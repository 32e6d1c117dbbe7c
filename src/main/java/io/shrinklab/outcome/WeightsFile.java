package io.shrinklab.outcome;

/**
 * The final parameters as an NPZ archive.
 *
 * @param npz the archive's bytes
 * @param sha256 over the parameters' names and values, in hex: independent of the archive's format
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way to a file; never compared.
public record WeightsFile(byte[] npz, String sha256) {}
