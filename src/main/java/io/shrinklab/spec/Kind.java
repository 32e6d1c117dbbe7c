package io.shrinklab.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of {@code "kind"} that chooses this record among the alternatives of a sealed
 * interface.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
  /** The kind's name in the file, in kebab case. */
  String value();

  /**
   * Part of the identity of runs of this kind alone, where it is not 0. To be raised when the
   * program computes other numbers from the same specification, so that older results are not taken
   * for new ones.
   */
  int revision() default 0;
}
