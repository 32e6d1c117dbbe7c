package io.shrinklab.spec;

import org.jspecify.annotations.Nullable;

/** A specification whose keys must also fit each other. */
public interface Check {
  /** Reports what does not fit, under the keys that it names. */
  void check(Reporter reporter);

  /** Takes a problem under one key of the record that is checked. */
  interface Reporter {
    /**
     * Adds a problem.
     *
     * @param key the record's own key, for instance {@code p}
     * @param found the value found, as the user wrote it; null where there is none
     * @param allowed what is allowed instead, and what to do
     */
    void problem(String key, @Nullable Object found, String allowed);
  }
}
