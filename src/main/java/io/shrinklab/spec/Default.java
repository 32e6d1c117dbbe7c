package io.shrinklab.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a key that the file leaves out, as JSON text. A key without a default must be given.
 * Values equal to the default do not enter a run's identity, so that a new key with a default
 * leaves the identity of older runs as it was.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.METHOD})
public @interface Default {
  /**
   * JSON text, for instance {@code 0.001}, {@code "weights"}, {@code [128, 64]} or {@code null}.
   */
  String value();
}
