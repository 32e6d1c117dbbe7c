package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * As much of an MLflow server as an export needs, in this process, with the limits of the real one
 * (https://mlflow.org/docs/latest/rest-api.html#request-limits): it keeps what it is told, counts
 * requests, and fails at those that a test says.
 */
public final class MlflowStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRACKING = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";

  static {
    // Else each answer waits 40 ms for the client to acknowledge its first half.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** How a request fails. */
  public enum Fault {
    /** Answered with HTTP 500, and not carried out. */
    REFUSED,
    /** Carried out, but the connection breaks before the answer. */
    ANSWER_LOST
  }

  /** A run that was sent. */
  public static final class Run {
    public final String id;
    public final String name;
    public final Map<String, String> tags = new TreeMap<>();
    public final Map<String, String> params = new TreeMap<>();

    /** {@code key step timestamp value}, each as often as it was sent. */
    public final List<String> metrics = new ArrayList<>();

    public String status = "RUNNING";

    Run(String id, String name) {
      this.id = id;
      this.name = name;
    }
  }

  /** A full answer other than 200. */
  public record Answer(int status, String type, String body, Map<String, String> headers) {
    public Answer(int status, String type, String body) {
      this(status, type, body, Map.of());
    }
  }

  private final HttpServer server;
  private final String artifactRoot;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private String experiment = "";
  private IntFunction<Fault> faults = request -> null;
  private IntFunction<Answer> answers = request -> null;
  private int page = 1000;

  private MlflowStandIn(String artifactRoot) throws IOException {
    this.artifactRoot = artifactRoot;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** One that takes files. */
  public static MlflowStandIn start() throws IOException {
    return new MlflowStandIn("mlflow-artifacts:/7");
  }

  /** One whose runs have their files elsewhere. */
  public static MlflowStandIn start(String artifactRoot) throws IOException {
    return new MlflowStandIn(artifactRoot);
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Runs by their names; a name that is there twice fails. */
  public synchronized Map<String, Run> runs() {
    Map<String, Run> byName = new TreeMap<>();
    for (Run run : runs.values()) {
      if (byName.put(run.name, run) != null) {
        throw new AssertionError("two runs are called " + run.name);
      }
    }
    return byName;
  }

  /** All runs, in the order in which they came. */
  public synchronized List<Run> all() {
    return List.copyOf(runs.values());
  }

  /** Files by run's name and file's name. */
  public synchronized Map<String, byte[]> files() {
    Map<String, byte[]> byName = new TreeMap<>();
    files.forEach(
        (path, bytes) -> {
          String[] parts = path.split("/", -1);
          byName.put(runs.get(parts[1]).name + "/" + parts[3], bytes);
        });
    return byName;
  }

  /** Everything that is kept, but for the runs' ids. */
  public synchronized Map<String, String> state() {
    Map<String, String> ids = new LinkedHashMap<>();
    runs.values().forEach(run -> ids.put(run.id, run.name));
    Map<String, String> state = new TreeMap<>();
    for (Run run : runs().values()) {
      String parent = run.tags.getOrDefault("mlflow.parentRunId", "");
      state.put(
          run.name, run.status + run.tags + run.params + run.metrics.stream().sorted().toList());
      state.compute(run.name, (name, text) -> text.replace(parent + ",", ids.get(parent) + ","));
    }
    files().forEach((name, bytes) -> state.put(name, new String(bytes, StandardCharsets.UTF_8)));
    return state;
  }

  /** Calls since the last look, in order. */
  public synchronized List<String> requests() {
    List<String> since = List.copyOf(requests);
    requests.clear();
    return since;
  }

  public synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** From now on: what happens to the nth request, counted from 0; null for nothing. */
  public synchronized void faults(IntFunction<Fault> which) {
    requests.clear();
    faults = which;
  }

  /** From now on: what the nth request is answered with instead; null for what it asks. */
  public synchronized void answers(IntFunction<Answer> which) {
    requests.clear();
    answers = which;
  }

  /** Runs that a search gives at once. */
  public synchronized void page(int size) {
    page = size;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      URI uri = exchange.getRequestURI();
      int number = requests.size();
      requests.add(
          exchange.getRequestMethod() + " " + uri.getPath().replaceFirst("^/api/2.0/", ""));
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      Fault fault = faults.apply(number);
      Answer answer = answers.apply(number);
      if (answer != null) {
        send(exchange, answer);
      } else if (fault == Fault.REFUSED) {
        send(exchange, new Answer(500, "text/html", "<h1>Internal Server Error</h1>"));
      } else {
        answer = answer(exchange.getRequestMethod(), uri, body);
        if (fault == null) {
          send(exchange, answer);
        }
        // Else closed without a word.
      }
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private Answer answer(String method, URI uri, byte[] body) throws IOException {
    if (uri.getRawPath().startsWith(ARTIFACTS)) {
      files.put(uri.getPath().substring(ARTIFACTS.length()), body);
      return json(JSON.createObjectNode());
    }
    String call = uri.getPath().substring(TRACKING.length());
    JsonNode told = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    return switch (method + " " + call) {
      case "GET experiments/get-by-name" -> experiment(uri.getRawQuery());
      case "POST experiments/create" -> {
        experiment = told.path("name").asText();
        yield json(JSON.createObjectNode().put("experiment_id", "7"));
      }
      case "POST runs/search" -> search(told);
      case "POST runs/create" -> create(told);
      case "POST runs/log-batch" -> log(told);
      case "POST runs/update" -> {
        runs.get(told.path("run_id").asText()).status = told.path("status").asText();
        yield json(JSON.createObjectNode());
      }
      default -> new Answer(404, "text/html", "<h1>Not Found</h1>");
    };
  }

  private Answer experiment(String query) {
    String name = URLDecoder.decode(query.split("=", -1)[1], StandardCharsets.UTF_8);
    if (!name.equals(experiment)) {
      return refusal(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment " + name);
    }
    ObjectNode found = JSON.createObjectNode();
    found
        .putObject("experiment")
        .put("experiment_id", "7")
        .put("name", name)
        .put("lifecycle_stage", "active");
    return json(found);
  }

  private Answer create(JsonNode told) {
    Run run = new Run("id" + runs.size(), told.path("run_name").asText());
    told.path("tags").forEach(tag -> run.tags.put(text(tag, "key"), text(tag, "value")));
    runs.put(run.id, run);
    ObjectNode answer = JSON.createObjectNode();
    answer.set("run", shown(run));
    return json(answer);
  }

  private ObjectNode shown(Run run) {
    ObjectNode shown = JSON.createObjectNode();
    shown
        .putObject("info")
        .put("run_id", run.id)
        .put("artifact_uri", artifactRoot + "/" + run.id + "/artifacts");
    ArrayNode tags = shown.putObject("data").putArray("tags");
    run.tags.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    return shown;
  }

  /** Knows one filter, and gives pages. */
  private Answer search(JsonNode told) {
    String[] filter = told.path("filter").asText().split("`| = '|'", -1);
    if (filter.length != 5
        || !filter[0].equals("tags.")
        || !told.at("/experiment_ids/0").asText().equals("7")) {
      return refusal(400, "INVALID_PARAMETER_VALUE", "filter " + told);
    }
    List<Run> found =
        runs.values().stream().filter(run -> filter[3].equals(run.tags.get(filter[1]))).toList();
    int from = told.path("page_token").asInt(0);
    int to = Math.min(found.size(), from + Math.min(page, told.path("max_results").asInt()));
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode shown = answer.putArray("runs");
    found.subList(from, to).forEach(run -> shown.add(shown(run)));
    if (to < found.size()) {
      answer.put("next_page_token", Integer.toString(to));
    }
    return json(answer);
  }

  private Answer log(JsonNode told) {
    int metrics = told.path("metrics").size();
    int params = told.path("params").size();
    int tags = told.path("tags").size();
    if (metrics > 1000 || params > 100 || tags > 100 || metrics + params + tags > 1000) {
      return refusal(
          400,
          "INVALID_PARAMETER_VALUE",
          "%s metrics, %s params, %s tags".formatted(metrics, params, tags));
    }
    for (JsonNode param : told.path("params")) {
      if (text(param, "value").length() > 6000
          || !text(param, "key").matches("[\\w\\-. :/]{1,250}")) {
        return refusal(400, "INVALID_PARAMETER_VALUE", "param " + param);
      }
    }
    Run run = runs.get(text(told, "run_id"));
    told.path("params").forEach(param -> run.params.put(text(param, "key"), text(param, "value")));
    told.path("tags").forEach(tag -> run.tags.put(text(tag, "key"), text(tag, "value")));
    for (JsonNode metric : told.path("metrics")) {
      run.metrics.add(
          "%s %s %s %s"
              .formatted(
                  text(metric, "key"),
                  metric.path("step").intValue(),
                  metric.path("timestamp").longValue(),
                  // Protocol buffers take numbers and these three words.
                  metric.path("value").isNumber() || text(metric, "value").matches("NaN|-?Infinity")
                      ? metric.path("value").asText()
                      : "?"));
    }
    return json(JSON.createObjectNode());
  }

  private static String text(JsonNode object, String key) {
    return object.path(key).asText();
  }

  private static Answer json(ObjectNode body) {
    return new Answer(200, "application/json", body.toString());
  }

  private static Answer refusal(int status, String code, String message) {
    return new Answer(
        status,
        "application/json",
        JSON.createObjectNode().put("error_code", code).put("message", message).toString());
  }
}
