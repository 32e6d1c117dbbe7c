/** The command line: each command calls the rooms in turn and says what came of it. */
@NullMarked
package io.shrinklab.command;

import org.jspecify.annotations.NullMarked;
