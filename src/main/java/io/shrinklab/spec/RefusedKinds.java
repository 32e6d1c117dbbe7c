package io.shrinklab.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Kinds that people will look for and that cannot be had, with the reason. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RefusedKinds {
  /** The kinds' names. */
  String[] value();

  /** Why they are refused. */
  String reason();
}
