/** One run: data, network and penalty to epochs. Touches no files of the results folder. */
@NullMarked
package io.shrinklab.training;

import org.jspecify.annotations.NullMarked;
