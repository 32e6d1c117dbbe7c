package io.shrinklab;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.shrinklab.tensor.EngineStart;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The engine for tests: started as the product starts it, since whoever comes first in a process
 * decides how many threads all others compute with. A test, and what comes before and after each,
 * may take an {@link NDManager} as a parameter: one per test, closed after it; or the {@link
 * Engine}.
 */
public final class EngineExtension implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace MANAGERS =
      ExtensionContext.Namespace.create(EngineExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    EngineStart.singleThreaded();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == NDManager.class || type == Engine.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Engine engine = EngineStart.singleThreaded();
    if (parameter.getParameter().getType() == Engine.class) {
      return engine;
    }
    // The store closes what it holds.
    return context
        .getStore(MANAGERS)
        .computeIfAbsent(NDManager.class, key -> engine.newBaseManager());
  }
}
