package io.shrinklab.export;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How this program shows a server who it is, by the variables that MLflow's own clients read: a
 * token, or else a name and a password. Never printed.
 *
 * @param header of HTTP, {@code Authorization}; empty where none is set
 */
record MlflowCredentials(Optional<String> header) {
  static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  static final String USERNAME = "MLFLOW_TRACKING_USERNAME";
  static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";

  /**
   * Reads them.
   *
   * @param environment gives a variable's value; null or empty where it is not set
   */
  static MlflowCredentials of(UnaryOperator<String> environment) {
    String token = value(environment, TOKEN);
    String username = value(environment, USERNAME);
    if (!username.isEmpty()) {
      byte[] both =
          (username + ":" + value(environment, PASSWORD)).getBytes(StandardCharsets.UTF_8);
      return new MlflowCredentials(
          Optional.of("Basic " + Base64.getEncoder().encodeToString(both)));
    }
    return new MlflowCredentials(
        token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token));
  }

  @SuppressWarnings("NullAway") // Null is what System.getenv gives for a variable that is not set.
  private static String value(UnaryOperator<String> environment, String name) {
    String value = environment.apply(name);
    return value == null ? "" : value.strip();
  }

  @Override
  public String toString() {
    return header.isPresent() ? "credentials" : "no credentials";
  }
}
