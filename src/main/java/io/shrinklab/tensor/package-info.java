/** Arrays of the engine as memory that plain loops pass over, portion by portion. */
@NullMarked
package io.shrinklab.tensor;

import org.jspecify.annotations.NullMarked;
