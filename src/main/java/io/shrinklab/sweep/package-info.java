/**
 * Many runs: what is missing, the worker processes that train it, progress and failures. A run that
 * fails, hangs or takes its process down costs itself and nothing else.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.sweep;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
