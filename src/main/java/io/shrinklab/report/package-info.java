/**
 * What people read: one self-contained page, charts as PNG. Pure: records in, bytes out; no engine,
 * no files.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.report;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
