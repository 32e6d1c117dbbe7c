/**
 * The command line: each command calls the rooms in turn and says what came of it.
 *
 * <p>Internal: docs/own-project.md says what others may use.
 */
@NullMarked
@API(status = API.Status.INTERNAL)
package io.shrinklab.command;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
