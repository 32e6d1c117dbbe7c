package io.shrinklab.penalty;

/**
 * A penalty of the user's own: {@code {"kind": "custom", "className": "my.Penalty", "lambda":
 * 1e-3}}. The class needs a public constructor without parameters. A run's identity holds the
 * class's name, not its code: after a change of what it computes, give it another name.
 */
public interface PenaltyDefinition {
  /**
   * The penalty with a strength.
   *
   * @param lambda as the experiment file says, for all parameters or for a layer
   */
  Penalty penalty(double lambda);

  /**
   * Finds a definition by its class's name.
   *
   * @throws PenaltyException when there is no such class, or it is not one; the message says what
   *     is needed
   */
  static PenaltyDefinition named(String className) throws PenaltyException {
    try {
      return Class.forName(className)
          .asSubclass(PenaltyDefinition.class)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new PenaltyException(
          "penalty.className: found "
              + className
              + "; a class with a public constructor without parameters that implements "
              + PenaltyDefinition.class.getName()
              + " is needed ("
              + e
              + ")");
    }
  }
}
