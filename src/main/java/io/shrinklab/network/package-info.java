/** A network by name, as a DJL block with seeded initial weights. */
@NullMarked
package io.shrinklab.network;

import org.jspecify.annotations.NullMarked;
