package io.shrinklab.outcome;

/**
 * What a run leaves behind so that it can be used, each as an NPZ archive's bytes. Empty where
 * there is none.
 *
 * @param bestWeights the parameters at the best epoch, where that is not the last
 * @param data which rows are in each part, how they are scaled, and the names of features and
 *     classes
 * @param predictions the network's outputs on validation and test rows at the best epoch
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way to files; never compared.
public record RunArrays(byte[] bestWeights, byte[] data, byte[] predictions) {
  /** Of a run that leaves none. */
  public static final RunArrays NONE = new RunArrays(new byte[0], new byte[0], new byte[0]);
}
