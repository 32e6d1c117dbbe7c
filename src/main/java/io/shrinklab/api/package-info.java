/**
 * The library's front door: what a program of one's own may call. It does what the commands do, and
 * throws where they would exit. Together with the interfaces that own penalties and networks
 * implement it is all that is public; docs/own-project.md lists it, and a test holds the list.
 * Every other package is internal: its types may change with any commit.
 */
@NullMarked
@API(status = API.Status.STABLE)
package io.shrinklab.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
