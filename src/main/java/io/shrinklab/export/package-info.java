/**
 * Hands a sweep's stored results to programs that others use: an MLflow server, TensorBoard. Reads
 * what is stored, and knows nothing of training.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.export;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
