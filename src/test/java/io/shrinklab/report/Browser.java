package io.shrinklab.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A headless Chromium, spoken to by its DevTools protocol over the JDK's own WebSocket: no driver
 * program and no library that would have to match the browser's version.
 */
final class Browser implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int SECONDS = 30;

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final String session;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
  private int last;

  /** Where a browser is installed: CHROME_BIN, or one of the usual names on the path. */
  static Optional<Path> installed() {
    String chosen = System.getenv("CHROME_BIN");
    Stream<Path> usual =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return Stream.concat(Stream.ofNullable(chosen).map(Path::of), usual)
        .filter(Files::isExecutable)
        .findFirst();
  }

  Browser(Path program) throws IOException {
    profile = Files.createTempDirectory("shrinklab-browser");
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(), new Listener())
            .join();
    String target =
        call("Target.createTarget", Map.of("url", "about:blank"), "").get("targetId").asText();
    session =
        call("Target.attachToTarget", Map.of("targetId", target, "flatten", true), "")
            .get("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of(), session);
    }
    size(1200, 900);
  }

  private URI address() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line;
    while ((line = output.readLine()) != null) {
      int at = line.indexOf("ws://");
      if (at >= 0) {
        // Nobody reads on, so the pipe must not fill up.
        Thread drain = new Thread(() -> output.lines().forEach(rest -> {}), "browser-output");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring(at).trim());
      }
    }
    throw new IOException("the browser ended before it told its address");
  }

  /** Takes in messages; one may come in parts. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean complete) {
      parts.append(text);
      if (complete) {
        try {
          hear(MAPPER.readTree(parts.toString()));
        } catch (IOException e) {
          problems.add(e.toString());
        }
        parts.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    JsonNode params = message.path("params");
    switch (message.path("method").asText()) {
      case "Page.loadEventFired" -> loaded.complete(message);
      case "Runtime.exceptionThrown" ->
          problems.add(
              params.at("/exceptionDetails/exception/description").asText(params.toString()));
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning").contains(params.path("type").asText())) {
          problems.add(params.path("args").toString());
        }
      }
      case "Log.entryAdded" -> problems.add(params.at("/entry/text").asText());
      case "Network.requestWillBeSent" -> requests.add(params.at("/request/url").asText());
      default -> {}
    }
  }

  private synchronized JsonNode call(String method, Map<String, ?> params, String session) {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
    message.set("params", MAPPER.valueToTree(params));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    JsonNode got = await(answer, method);
    if (got.has("error")) {
      throw new IllegalStateException(method + ": " + got.get("error"));
    }
    return got.path("result");
  }

  private static JsonNode await(CompletableFuture<JsonNode> answer, String what) {
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no answer to " + what, e);
    }
  }

  /** Runs a script in every page opened from now on, before the page's own. */
  void before(String script) {
    call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script), session);
  }

  /** Opens a file and waits until it is loaded; forgets the problems and requests before. */
  void open(Path file) {
    navigate("about:blank");
    problems.clear();
    requests.clear();
    navigate(file.toUri().toString());
  }

  private void navigate(String url) {
    loaded = new CompletableFuture<>();
    call("Page.navigate", Map.of("url", url), session);
    await(loaded, "opening " + url);
  }

  /**
   * The value of an expression, of a promise when it has come true; asked when the page has drawn
   * what it is about to draw.
   */
  JsonNode evaluate(String expression) {
    value(
        """
        new Promise((done) => {
          const look = () => {
            if (document.documentElement?.dataset.drawing === undefined) done(true);
            else setTimeout(look, 5);
          };
          look();
        })""");
    return value(expression);
  }

  private JsonNode value(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression",
                expression,
                "awaitPromise",
                true,
                "returnByValue",
                true,
                "userGesture",
                true),
            session);
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.at("/result/value");
  }

  /** Waits, frame by frame in the page, until a condition holds. */
  void until(String condition) {
    JsonNode held =
        evaluate(
            """
            new Promise((done) => {
              const end = performance.now() + 10000;
              const look = () => {
                if (%s) done(true);
                else if (performance.now() > end) done(false);
                else setTimeout(look, 20);
              };
              look();
            })"""
                .formatted(condition));
    if (!held.asBoolean()) {
      throw new AssertionError(
          "never came true in the page: " + condition + "; problems: " + problems);
    }
  }

  /** Waits until a condition holds of a page that loads itself anew meanwhile. */
  void untilRenewed(String condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (System.nanoTime() < end) {
      try {
        if (evaluate(condition).asBoolean()) {
          return;
        }
      } catch (IllegalStateException e) {
        // Between two pages there is none to ask.
      }
      Thread.sleep(50);
    }
    throw new AssertionError("never came true: " + condition + "; problems: " + problems);
  }

  /** Moves the mouse, in CSS pixels of the window. */
  void hover(double x, double y) {
    mouse("mouseMoved", x - 3, y - 3);
    mouse("mouseMoved", x, y);
  }

  /** Presses the mouse at one place and releases it at another; a click where both are one. */
  void drag(double x, double y, double toX, double toY) {
    hover(x, y);
    button("mousePressed", x, y);
    if (x != toX || y != toY) {
      // Part of the way first, as a hand does.
      button("mouseMoved", (x + toX) / 2, (y + toY) / 2);
      button("mouseMoved", toX, toY);
    }
    button("mouseReleased", toX, toY);
  }

  private void mouse(String type, double x, double y) {
    call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y), session);
  }

  private void button(String type, double x, double y) {
    call(
        "Input.dispatchMouseEvent",
        Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", 1, "clickCount", 1),
        session);
  }

  /** Presses and releases a key, for instance Tab. */
  void key(String key, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key,
              "code",
              key,
              "windowsVirtualKeyCode",
              code,
              "text",
              key.equals("Enter") ? "\r" : ""),
          session);
    }
  }

  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600),
        session);
  }

  /** What the system is said to prefer: light or dark. */
  void colourScheme(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            "",
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))),
        session);
  }

  /** Lays the page out as for a printer, in the light; until {@link #colourScheme}. */
  void paper() {
    call("Emulation.setEmulatedMedia", Map.of("media", "print"), session);
  }

  byte[] screenshot() {
    String data =
        call("Page.captureScreenshot", Map.of("format", "png"), session).get("data").asText();
    return Base64.getDecoder().decode(data);
  }

  byte[] pdf() {
    String data = call("Page.printToPDF", Map.of(), session).get("data").asText();
    return Base64.getDecoder().decode(data);
  }

  /** Errors and warnings of the console, uncaught exceptions, what the policy refused. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Everything that the page asked for, itself included. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    List<ProcessHandle> children = new ArrayList<>(process.descendants().toList());
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> files = Files.walk(profile)) {
      // The browser's last processes may still write; what is left is in the temporary folder.
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
