/**
 * What people read: one self-contained page, charts as PNG. Pure: records in, bytes out; no engine,
 * no files.
 */
@NullMarked
package io.shrinklab.report;

import org.jspecify.annotations.NullMarked;
