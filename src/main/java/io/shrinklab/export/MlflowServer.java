package io.shrinklab.export;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An MLflow tracking server, over its REST API (https://mlflow.org/docs/latest/rest-api.html).
 * Whatever goes wrong is an {@link ExportException} of one line that names the server.
 */
final class MlflowServer {
  /** What MLflow answers when it has no such thing. */
  private static final String ABSENT = "RESOURCE_DOES_NOT_EXIST";

  private static final String TRACKING = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /** Bytes a second that a file is sent with at least, or the connection counts as dead. */
  private static final long SLOWEST = 50_000;

  /** Answers of a server that has not done what it was asked, and may be asked again. */
  private static final Set<Integer> BUSY = Set.of(429, 503);

  private static final int TRIES = 4;
  private static final int LONGEST_MESSAGE = 300;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGAIN = "What arrived is kept; the same command sends the rest";

  private final URI uri;
  private final MlflowCredentials credentials;
  private final Duration pause;
  private final HttpClient client;

  private MlflowServer(URI uri, MlflowCredentials credentials, Duration pause) {
    this.uri = uri;
    this.credentials = credentials;
    this.pause = pause;
    // MLflow's server does not speak HTTP/2, and logs a warning when it is asked.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * A server by its address; asks it nothing.
   *
   * @param address {@code http://HOST:PORT} or {@code https://HOST}, perhaps with a path
   * @param environment gives the variables with credentials
   * @param pause before a busy server is asked again, doubled each time
   * @throws ExportException when it is no such address
   */
  static MlflowServer at(String address, UnaryOperator<String> environment, Duration pause)
      throws ExportException {
    try {
      URI uri = new URI(address.replaceAll("/+$", ""));
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (uri.getRawUserInfo() != null) {
        throw new ExportException(
            "--mlflow: the address holds a name or a password, which ends up in logs; leave it out"
                + " and set %s and %s in the environment"
                    .formatted(MlflowCredentials.USERNAME, MlflowCredentials.PASSWORD));
      }
      if (!http
          || uri.getHost() == null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw wrongAddress(address);
      }
      return new MlflowServer(uri, MlflowCredentials.of(environment), pause);
    } catch (URISyntaxException e) {
      throw wrongAddress(address);
    }
  }

  private static ExportException wrongAddress(String address) {
    // What stands before an @ may be a password.
    return new ExportException(
        "--mlflow: found \"%s\"; needs the address of an MLflow server, http://HOST:PORT or https://HOST"
            .formatted(oneLine(address.replaceAll(".*@", "...@"))));
  }

  /** Its address, as it was given. */
  URI uri() {
    return uri;
  }

  /** Asks the tracking API; an empty object where the server has no such thing. */
  JsonNode get(String call, Map<String, String> query)
      throws ExportException, InterruptedException {
    String parameters =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(at(TRACKING + call + parameters)).GET(), ANSWER);
    return body(response).path("error_code").asText().equals(ABSENT)
        ? JsonNodeFactory.instance.objectNode()
        : json(call, response);
  }

  /** Tells the tracking API something. */
  JsonNode post(String call, ObjectNode body) throws ExportException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(TRACKING + call))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    return json(call, send(request, ANSWER));
  }

  /**
   * Stores a file by the server's artifact proxy, in the place of an older one.
   *
   * @param path under the proxy's root, with {@code /}
   */
  void put(String path, byte[] bytes) throws ExportException, InterruptedException {
    String encoded =
        Arrays.stream(path.split("/")).map(MlflowServer::encoded).collect(Collectors.joining("/"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(ARTIFACTS + encoded))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(bytes));
    HttpResponse<String> response = send(request, ANSWER.plusSeconds(bytes.length / SLOWEST));
    if (response.statusCode() != 200) {
      throw failure("storing " + path, response);
    }
  }

  private URI at(String path) {
    return URI.create(uri + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpResponse<String> send(HttpRequest.Builder builder, Duration limit)
      throws ExportException, InterruptedException {
    credentials.header().ifPresent(value -> builder.header("Authorization", value));
    HttpRequest request = builder.timeout(limit).build();
    try {
      HttpResponse<String> response =
          client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      for (int again = 1; again < TRIES && BUSY.contains(response.statusCode()); again++) {
        Thread.sleep(pause.multipliedBy(1L << (again - 1)).toMillis());
        response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      }
      return response;
    } catch (HttpTimeoutException e) {
      throw new ExportException(
          "%s does not answer within %s seconds. %s"
              .formatted(
                  uri,
                  e.getClass() == HttpTimeoutException.class
                      ? limit.toSeconds()
                      : CONNECT.toSeconds(),
                  AGAIN),
          e);
    } catch (ConnectException e) {
      throw new ExportException(
          "No server answers at %s. Start it (mlflow server), or give the address of yours. %s"
              .formatted(uri, AGAIN),
          e);
    } catch (IOException e) {
      throw new ExportException(
          "The connection to %s broke: %s. %s"
              .formatted(
                  uri, oneLine(e.getMessage() == null ? e.toString() : e.getMessage()), AGAIN),
          e);
    }
  }

  private JsonNode json(String call, HttpResponse<String> response) throws ExportException {
    JsonNode body = body(response);
    if (response.statusCode() == 200 && body.isObject()) {
      return body;
    }
    throw failure(call, response);
  }

  private static JsonNode body(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  private ExportException failure(String call, HttpResponse<String> response) {
    int status = response.statusCode();
    JsonNode body = body(response);
    if (status == 401 || status == 403) {
      return new ExportException(
          "%s refuses access (HTTP %s). %s"
              .formatted(
                  uri,
                  status,
                  credentials.header().isPresent()
                      ? "It does not accept the credentials in the environment, or they may not write: check %s, or %s and %s"
                          .formatted(
                              MlflowCredentials.TOKEN,
                              MlflowCredentials.USERNAME,
                              MlflowCredentials.PASSWORD)
                      : "Set %s, or %s and %s, in the environment"
                          .formatted(
                              MlflowCredentials.TOKEN,
                              MlflowCredentials.USERNAME,
                              MlflowCredentials.PASSWORD)));
    }
    if (body.has("error_code") && status < 500) {
      return new ExportException(
          "%s refuses %s: %s: %s. %s"
              .formatted(
                  uri,
                  call,
                  oneLine(body.path("error_code").asText()),
                  oneLine(body.path("message").asText()).replaceFirst("\\.$", ""),
                  AGAIN));
    }
    if (status >= 500) {
      String said = body.has("message") ? oneLine(body.path("message").asText()) : "";
      return new ExportException(
          "%s failed at %s (HTTP %s%s); its log says why. %s"
              .formatted(uri, call, status, said.isEmpty() ? "" : ": " + said, AGAIN));
    }
    return new ExportException(
        "%s is no MLflow tracking server: it answered %s with HTTP %s and %s. Give the server's own address, as its browser page has it before #"
            .formatted(
                uri,
                call,
                status,
                response
                    .headers()
                    .firstValue(status / 100 == 3 ? "Location" : "Content-Type")
                    .map(value -> (status / 100 == 3 ? "a redirection to " : "") + oneLine(value))
                    .orElse("no content")));
  }

  /** What others say, fit for a terminal. */
  static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
