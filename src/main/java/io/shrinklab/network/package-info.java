/**
 * A network by name, as a DJL block with seeded initial weights.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.network;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
