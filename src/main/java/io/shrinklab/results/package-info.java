/**
 * The only room that touches the results folder. Whatever is in it is whole or is told apart as not
 * whole: a run becomes complete by one atomic rename, and nothing is read before its checksums
 * hold.
 */
@NullMarked
package io.shrinklab.results;

import org.jspecify.annotations.NullMarked;
