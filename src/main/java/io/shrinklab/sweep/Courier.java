package io.shrinklab.sweep;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Carries runs to other machines and what became of them back; knows nothing of either. On the
 * other side an {@link Outpost} carries the order out. Used by many threads at once.
 */
public interface Courier extends AutoCloseable {
  /** Cores that train at a time, as far as is known now; at least 1. */
  int cores();

  /** Whether runs are stored in the results folder by those who train them, who see it too. */
  boolean storesThere();

  /**
   * Has an order carried out once, wherever there is room, and waits for it. Where a machine is
   * lost or cannot train, it is for the courier to try another.
   *
   * @param stopped whether nobody waits any more
   * @return what came back
   * @throws OrderLostException when machines are lost with this order; it may be to blame
   * @throws SweepException when nothing can be carried any more, whatever the order
   */
  List<Delivery> carry(Order order, BooleanSupplier stopped)
      throws OrderLostException, SweepException, InterruptedException;

  /** Lets the machines go. */
  @Override
  void close();
}
