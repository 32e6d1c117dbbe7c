package io.shrinklab.penalty;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Multiplication;
import io.shrinklab.network.NamedParameter;
import io.shrinklab.spec.PenaltySpec.Scope;
import org.jspecify.annotations.Nullable;

/** Which parameters a penalty sees. */
public final class ParameterScope {
  private ParameterScope() {}

  /**
   * Whether this is a multiplicative weight: the weight of a dense, convolution or recurrent layer.
   * The engine's type WEIGHT alone does not tell, since embeddings and {@code Multiplication} have
   * it too.
   */
  public static boolean isMultiplicativeWeight(NamedParameter named) {
    return named.parameter().getType() == Parameter.Type.WEIGHT
        && hasTwoAxes(named.parameter().getShape())
        && !(named.owner() instanceof Embedding)
        && !(named.owner() instanceof Multiplication);
  }

  /** Whether a scope takes a parameter in; parameters that are not trained never are. */
  static boolean contains(Scope scope, NamedParameter named) {
    if (!named.parameter().requiresGradient()) {
      return false;
    }
    return switch (scope) {
      case WEIGHTS -> isMultiplicativeWeight(named);
      case WEIGHTS_AND_SCALES ->
          isMultiplicativeWeight(named) || named.parameter().getType() == Parameter.Type.GAMMA;
      case ALL -> true;
    };
  }

  /**
   * Before a network is initialized its parameters have no shapes: then only names and types
   * decide.
   */
  private static boolean hasTwoAxes(@Nullable Shape shape) {
    return shape == null || shape.dimension() >= 2;
  }
}
