package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Sends a sweep to an MLflow server: the sweep as a parent run with its report, each stored run as
 * its child. What is there is found by its tags and not sent again; what a killed export left half
 * there is completed. Nothing on the server is deleted.
 */
public final class MlflowExport {
  private static final String SWEEP = "shrinklab.sweep";
  private static final String KIND = "shrinklab.kind";
  private static final String IDENTITY = "shrinklab.identity";
  private static final String VARIANT = "shrinklab.variant";
  private static final String PARENT = "mlflow.parentRunId";
  private static final String STARTED = "shrinklab.started_at";
  private static final String STATUS = "shrinklab.status";
  private static final String SUPERSEDED = "shrinklab.superseded";

  /** How many of a run's requests have been answered: each says so itself. */
  private static final String BATCHES = "shrinklab.batches";

  /** Of a run that is whole: the files that it has been given. Set last. */
  private static final String EXPORTED = "shrinklab.exported";

  /** Of a sweep: which report it has been given. Set last. */
  private static final String REPORT = "shrinklab.report_sha256";

  private static final String PROXY = "mlflow-artifacts:/";
  private static final List<String> FILES = List.of("run.json", "layers.csv");
  private static final String WEIGHTS = "weights.npz";
  private static final int PAGE = 1000;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MlflowServer server;
  private final boolean weights;
  private final Listener listener;

  /** Hears how far an export is. */
  @FunctionalInterface
  public interface Listener {
    /** After each run that was looked at. */
    void at(int run, int of);
  }

  /**
   * What an export did.
   *
   * @param sent runs that were not, or not wholly, there
   * @param kept runs that were
   * @param page where a browser shows the sweep
   * @param withoutFiles where the server keeps files that it takes from nobody; empty where files
   *     were sent
   */
  public record Done(int sent, int kept, String page, String withoutFiles) {}

  /** A run on the server. */
  private record Remote(String id, String artifacts, Map<String, String> tags) {
    static Remote of(JsonNode run) {
      Map<String, String> tags = new HashMap<>();
      run.at("/data/tags")
          .forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText()));
      return new Remote(
          run.at("/info/run_id").asText(), run.at("/info/artifact_uri").asText(), tags);
    }

    String tag(String name) {
      return tags.getOrDefault(name, "");
    }

    boolean takesFiles() {
      // With a host behind two slashes it is another server, which credentials are not for.
      return artifacts.startsWith(PROXY) && !artifacts.startsWith(PROXY + "/");
    }

    String proxied(String file) {
      return artifacts.substring(PROXY.length()) + "/" + file;
    }
  }

  private MlflowExport(MlflowServer server, boolean weights, Listener listener) {
    this.server = server;
    this.weights = weights;
    this.listener = listener;
  }

  /**
   * An export to a server; asks it nothing yet.
   *
   * @param address of the server, {@code http://HOST:PORT}
   * @param environment gives the variables with credentials; null or empty where one is not set
   * @param weights whether the runs' final weights are sent too
   * @throws ExportException when it is no address
   */
  public static MlflowExport to(
      String address, UnaryOperator<String> environment, boolean weights, Listener listener)
      throws ExportException {
    return to(address, environment, weights, listener, PAUSE);
  }

  /** With another pause before a busy server is asked again. */
  static MlflowExport to(
      String address,
      UnaryOperator<String> environment,
      boolean weights,
      Listener listener,
      Duration pause)
      throws ExportException {
    return new MlflowExport(MlflowServer.at(address, environment, pause), weights, listener);
  }

  /**
   * Sends what is not there.
   *
   * @param experiment MLflow's name for what runs are kept together in; made where there is none
   * @throws ExportException when the server cannot be reached or refuses; what arrived stays
   * @throws ResultsException when a run's files cannot be read
   */
  public Done send(ExportedSweep sweep, String experiment)
      throws ExportException, ResultsException, InterruptedException {
    String experimentId = experiment(experiment);
    List<Remote> known = known(experimentId, sweep.name());
    Remote parent = parent(sweep, experimentId, known);
    Map<String, Remote> runs = new HashMap<>();
    known.forEach(each -> runs.putIfAbsent(key(each), each));
    int sent = 0;
    for (int i = 0; i < sweep.runs().size(); i++) {
      RunRecord run = sweep.runs().get(i);
      Remote there = runs.get(key(run));
      if (there == null) {
        there =
            create(experimentId, run.spec().label(), RunTimes.of(run), tags(sweep, parent, run));
        supersede(known, run);
      } else if (!there.tag(PARENT).equals(parent.id())) {
        // Someone has deleted the sweep there, and not its runs.
        tag(there, Map.of(PARENT, parent.id()));
      }
      sent += complete(sweep, run, there) ? 1 : 0;
      listener.at(i + 1, sweep.runs().size());
    }
    report(sweep, parent);
    return new Done(
        sent,
        sweep.runs().size() - sent,
        server.uri() + "/#/experiments/" + experimentId + "/runs/" + parent.id(),
        parent.takesFiles() ? "" : parent.artifacts());
  }

  private String experiment(String name) throws ExportException, InterruptedException {
    JsonNode found =
        server.get("experiments/get-by-name", Map.of("experiment_name", name)).path("experiment");
    if (found.path("lifecycle_stage").asText().equals("deleted")) {
      throw new ExportException(
          "The experiment \"%s\" of %s is deleted: restore it (mlflow experiments restore --experiment-id %s), or name another one with --experiment"
              .formatted(name, server.uri(), found.path("experiment_id").asText()));
    }
    if (found.isObject()) {
      return found.path("experiment_id").asText();
    }
    ObjectNode made = object().put("name", name);
    // Its page shows runs first, and not traces of language models.
    made.set("tags", MlflowRun.tags(Map.of("mlflow.experimentKind", "custom_model_development")));
    return server.post("experiments/create", made).path("experiment_id").asText();
  }

  /** All that earlier exports of the sweep have left there. */
  private List<Remote> known(String experimentId, String sweep)
      throws ExportException, InterruptedException {
    List<Remote> known = new ArrayList<>();
    String token = "";
    do {
      ObjectNode query = object().put("max_results", PAGE);
      query.putArray("experiment_ids").add(experimentId);
      // A sweep's name is a folder's, and has no quotes.
      query.put("filter", "tags.`" + SWEEP + "` = '" + sweep + "'");
      if (!token.isEmpty()) {
        query.put("page_token", token);
      }
      JsonNode page = server.post("runs/search", query);
      page.path("runs").forEach(run -> known.add(Remote.of(run)));
      token = page.path("next_page_token").asText("");
    } while (!token.isEmpty());
    return known;
  }

  private Remote parent(ExportedSweep sweep, String experimentId, List<Remote> known)
      throws ExportException, InterruptedException {
    for (Remote each : known) {
      if (each.tag(KIND).equals("sweep")) {
        return each;
      }
    }
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(SWEEP, sweep.name());
    tags.put(KIND, "sweep");
    tags.put("mlflow.source.name", "shrinklab");
    return create(experimentId, sweep.name(), times(sweep), tags);
  }

  /** From the first run's beginning to the last one's end. */
  private static RunTimes times(ExportedSweep sweep) {
    List<RunTimes> all = sweep.runs().stream().map(RunTimes::of).toList();
    return new RunTimes(
        all.stream().map(RunTimes::started).min(Instant::compareTo).orElse(Instant.EPOCH),
        all.stream().map(RunTimes::ended).max(Instant::compareTo).orElse(Instant.EPOCH),
        List.of());
  }

  private Remote create(String experimentId, String name, RunTimes times, Map<String, String> tags)
      throws ExportException, InterruptedException {
    ObjectNode run =
        object()
            .put("experiment_id", experimentId)
            .put("run_name", name)
            .put("start_time", times.started().toEpochMilli());
    run.set("tags", MlflowRun.tags(tags));
    return Remote.of(server.post("runs/create", run).path("run"));
  }

  private static Map<String, String> tags(ExportedSweep sweep, Remote parent, RunRecord run) {
    Provenance provenance = run.provenance();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(PARENT, parent.id());
    tags.put("mlflow.source.name", "shrinklab " + provenance.shrinklabVersion());
    if (!provenance.commit().equals(Provenance.UNKNOWN)) {
      tags.put("mlflow.source.git.commit", provenance.commit());
    }
    tags.put(SWEEP, sweep.name());
    tags.put(KIND, "run");
    tags.put(IDENTITY, Identity.of(run.spec()));
    tags.put(VARIANT, run.spec().variant().name());
    tags.put("shrinklab.seed", Long.toString(run.spec().seed()));
    if (!run.spec().variant().setting().isEmpty()) {
      tags.put("shrinklab.setting", run.spec().variant().setting());
    }
    tags.put("shrinklab.commit", provenance.commit());
    tags.put(STATUS, run.status().name());
    if (!run.reason().isEmpty()) {
      tags.put("shrinklab.reason", run.reason());
    }
    tags.put("shrinklab.score", run.scoreName());
    tags.put("shrinklab.data_sha256", provenance.dataSha256());
    tags.put("shrinklab.weights_sha256", provenance.weightsSha256());
    tags.put(STARTED, provenance.startedAt());
    tags.values().removeIf(String::isEmpty);
    return tags;
  }

  /** Two variants may be the same run, and a run that failed is tried again. */
  private static String key(RunRecord run) {
    return key(run.spec().variant().name(), Identity.of(run.spec()), run.provenance().startedAt());
  }

  private static String key(Remote run) {
    return key(run.tag(VARIANT), run.tag(IDENTITY), run.tag(STARTED));
  }

  private static String key(String variant, String identity, String started) {
    return variant + " " + identity + " " + started;
  }

  /** Marks what is there of a run that has been done again since. */
  private void supersede(List<Remote> known, RunRecord run)
      throws ExportException, InterruptedException {
    for (Remote each : known) {
      if (each.tag(VARIANT).equals(run.spec().variant().name())
          && each.tag(IDENTITY).equals(Identity.of(run.spec()))
          && each.tag(SUPERSEDED).isEmpty()) {
        tag(each, Map.of(SUPERSEDED, "true"));
      }
    }
  }

  /** Whether anything was missing. */
  private boolean complete(ExportedSweep sweep, RunRecord run, Remote there)
      throws ExportException, ResultsException, InterruptedException {
    Set<String> wanted = new TreeSet<>(there.takesFiles() ? FILES : List.of());
    if (weights && there.takesFiles() && run.status() != RunStatus.FAILED) {
      wanted.add(WEIGHTS);
    }
    Set<String> had = new TreeSet<>(List.of(there.tag(EXPORTED).split(" ")));
    boolean whole = there.tags().containsKey(EXPORTED);
    if (whole && had.containsAll(wanted)) {
      return false;
    }
    if (!whole) {
      values(run, there);
    }
    Set<String> missing = new LinkedHashSet<>(wanted);
    missing.removeAll(had);
    for (Map.Entry<String, byte[]> file : sweep.folder().files(run.spec(), missing).entrySet()) {
      server.put(there.proxied(file.getKey()), file.getValue());
    }
    if (!whole) {
      end(there, run.status() == RunStatus.FAILED ? "FAILED" : "FINISHED", RunTimes.of(run));
    }
    had.addAll(wanted);
    had.remove("");
    tag(there, Map.of(EXPORTED, had.isEmpty() ? "-" : String.join(" ", had)));
    return true;
  }

  private void values(RunRecord run, Remote there) throws ExportException, InterruptedException {
    List<ObjectNode> batches = MlflowRun.batches(run);
    String answered = there.tag(BATCHES);
    int first = answered.matches("[0-9]{1,6}") ? Integer.parseInt(answered) : 0;
    for (int i = first; i < batches.size(); i++) {
      ObjectNode batch = batches.get(i).put("run_id", there.id());
      batch.set("tags", MlflowRun.tags(Map.of(BATCHES, Integer.toString(i + 1))));
      server.post("runs/log-batch", batch);
    }
  }

  private void report(ExportedSweep sweep, Remote parent)
      throws ExportException, InterruptedException {
    byte[][] parts =
        Stream.concat(
                Stream.of(sweep.description().getBytes(StandardCharsets.UTF_8)),
                sweep.report().stream().map(ExportedSweep.Document::bytes))
            .toArray(byte[][]::new);
    String seal = Sha256.of(parts);
    if (parent.tag(REPORT).equals(seal)) {
      return;
    }
    if (parent.takesFiles()) {
      for (ExportedSweep.Document document : sweep.report()) {
        server.put(parent.proxied(document.name()), document.bytes());
      }
    }
    end(parent, "FINISHED", times(sweep));
    Map<String, String> tags = new LinkedHashMap<>();
    // What MLflow shows as the run's description.
    tags.put("mlflow.note.content", sweep.description());
    tags.put(REPORT, seal);
    tag(parent, tags);
  }

  private void end(Remote run, String status, RunTimes times)
      throws ExportException, InterruptedException {
    server.post(
        "runs/update",
        object()
            .put("run_id", run.id())
            .put("status", status)
            .put("end_time", times.ended().toEpochMilli()));
  }

  private void tag(Remote run, Map<String, String> tags)
      throws ExportException, InterruptedException {
    ObjectNode batch = object().put("run_id", run.id());
    batch.set("tags", MlflowRun.tags(tags));
    server.post("runs/log-batch", batch);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
