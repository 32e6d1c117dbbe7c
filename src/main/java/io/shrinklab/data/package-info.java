/** A data set by name, as training, validation and test arrays. */
@NullMarked
package io.shrinklab.data;

import org.jspecify.annotations.NullMarked;
