package io.shrinklab.experiment;

import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The hash that names a run: SHA-256 over canonical JSON of data, network, optimizer, training,
 * penalty and seed. Keys are sorted, values equal to their default and keys that decide nothing are
 * left out, each number has one spelling, and no name and no machine path is in it.
 */
public final class Identity {
  /**
   * Part of every hash. To be raised when the program computes other numbers from the same
   * specification, so that older results are not taken for new ones.
   */
  static final int PROTOCOL = 2;

  /**
   * Part of the hash where decoupled steps meet momentum: a result of a velocity that does not take
   * them in is of another penalty.
   */
  private static final String INERTIAL = "\"decoupledSteps\":\"inertial\"";

  /** Digits of {@link #of} that are enough within one variant and seed. */
  public static final int SHORT = 8;

  private Identity() {}

  /** The hash, in hex. */
  public static String of(RunSpec spec) {
    return Sha256.of(canonical(spec).getBytes(StandardCharsets.UTF_8));
  }

  /** The first eight digits of {@link #of}: enough within one variant and seed. */
  public static String shortOf(RunSpec spec) {
    return of(spec).substring(0, SHORT);
  }

  /** What is hashed. */
  static String canonical(RunSpec spec) {
    List<String> members = new ArrayList<>();
    for (Section section : Section.values()) {
      Object record = section.of(spec.variant());
      members.add("\"" + section.key() + "\":" + section.shape().canonical(record));
    }
    members.add("\"protocol\":" + PROTOCOL);
    if (spec.variant().optimizer().momentum() > 0
        && spec.variant().penalty().takesDecoupledSteps()) {
      members.add(INERTIAL);
    }
    members.add("\"seed\":" + spec.seed());
    Collections.sort(members);
    return "{" + String.join(",", members) + "}";
  }
}
