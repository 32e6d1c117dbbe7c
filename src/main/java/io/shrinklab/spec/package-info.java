/**
 * What a run is, as records: data, network, optimizer, training and penalty, each key with its
 * range, default and documentation as annotations. Knows no file and no engine.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.spec;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
