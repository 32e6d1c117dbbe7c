package io.shrinklab.data;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a table are used.
 *
 * @param numbers of each row that is, in the file, from 1 below the header
 * @param dropped how many are left out, since a value is missing
 * @param groups the group of each row, which is in one part with all of its group; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and not handed out.
record TableRows(int[] numbers, int dropped, @Nullable Classes groups) {}
