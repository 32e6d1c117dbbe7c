/**
 * The only room that touches the results folder. Whatever is in it is whole or is told apart as not
 * whole: a run becomes complete by one atomic rename, and nothing is read before its checksums
 * hold.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.results;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
