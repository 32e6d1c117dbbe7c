package io.shrinklab.sweep;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A way to other machines; found as a service, so that its library is there only where it is used.
 */
public interface Cluster {
  /**
   * Connects.
   *
   * @param master the cluster's address
   * @param shipped a folder with data sets that every machine is to get; null for none
   * @param storesThere whether all machines see the results folder, and store runs themselves
   * @param notices hears what the user should know: machines that were lost, say
   * @throws SweepException when there is no such cluster
   */
  Courier connect(
      String master, @Nullable Path shipped, boolean storesThere, Consumer<String> notices)
      throws SweepException, InterruptedException;
}
