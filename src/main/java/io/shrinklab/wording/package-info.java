/**
 * The words of the answer, for terminal, page, Markdown and CSV: sentences made of what the
 * analysis has decided. Nothing is decided here, and no sentence about a sweep is made elsewhere.
 */
@NullMarked
package io.shrinklab.wording;

import org.jspecify.annotations.NullMarked;
