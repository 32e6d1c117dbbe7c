package io.shrinklab.sweep;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run of an {@link Order}. It comes from another machine, so none of it is
 * believed before it was proved.
 *
 * @param host where it was trained, for people
 * @param run its place in the order; null for all that have no end of their own
 * @param reply how it ended
 * @param epochs of a run that failed, those that were done, as the worker's lines
 * @param printed of a run that failed, what its worker printed meanwhile
 * @param files of a run that was stored there, to be stored here: content by name
 */
public record Delivery(
    String host,
    @Nullable Integer run,
    Reply reply,
    List<String> epochs,
    String printed,
    Map<String, byte[]> files)
    implements Serializable {}
