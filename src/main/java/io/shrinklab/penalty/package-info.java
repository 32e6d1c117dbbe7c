/** The penalty core: what a penalty costs, how it acts on a step, which parameters it sees. */
@NullMarked
package io.shrinklab.penalty;

import org.jspecify.annotations.NullMarked;
