/**
 * One run: data, network and penalty to epochs. Touches no files of the results folder.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.training;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
