/**
 * The words of the answer, for terminal, page, Markdown and CSV: sentences made of what the
 * analysis has decided. Nothing is decided here, and no sentence about a sweep is made elsewhere.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.wording;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
