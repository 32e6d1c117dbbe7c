/**
 * Many runs: what is missing, the worker processes that train it, progress and failures. A run that
 * fails, hangs or takes its process down costs itself and nothing else.
 */
@NullMarked
package io.shrinklab.sweep;

import org.jspecify.annotations.NullMarked;
