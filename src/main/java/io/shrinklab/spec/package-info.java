/**
 * What a run is, as records: data, network, optimizer, training and penalty, each key with its
 * range, default and documentation as annotations. Knows no file and no engine.
 */
@NullMarked
package io.shrinklab.spec;

import org.jspecify.annotations.NullMarked;
