package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.experiment.Identity;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A sweep on an MLflow server: what is there of it, and what is added. */
final class MlflowSweep {
  private static final List<String> FILES = List.of("run.json", "layers.csv");
  private static final String WEIGHTS = "weights.npz";

  /** Runs that a search gives at once. */
  private static final int PAGE = 1000;

  private final MlflowServer server;
  private final String experimentId;
  private final String name;
  private final Map<String, RemoteRun> runs = new LinkedHashMap<>();
  private final Map<String, Integer> heard = new HashMap<>();
  private final RemoteRun parent;

  private MlflowSweep(MlflowServer server, String experimentId, String name, Instant began)
      throws ExportException, InterruptedException {
    this.server = server;
    this.experimentId = experimentId;
    this.name = name;
    List<RemoteRun> known = known();
    known.forEach(run -> runs.putIfAbsent(run.key(), run));
    RemoteRun sweep =
        known.stream()
            .filter(run -> run.tag(RemoteRun.KIND).equals("sweep"))
            .findFirst()
            .orElse(null);
    this.parent = sweep == null ? create(name, began, tags("sweep")) : sweep;
  }

  /**
   * Looks at what is there, and makes what is not: the experiment, and the sweep in it.
   *
   * @param experiment MLflow's name for what runs are kept together in
   * @param began when the first run was begun
   */
  static MlflowSweep open(MlflowServer server, String experiment, String name, Instant began)
      throws ExportException, InterruptedException {
    return new MlflowSweep(server, experiment(server, experiment), name, began);
  }

  private static String experiment(MlflowServer server, String name)
      throws ExportException, InterruptedException {
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
    // Its page shows runs first, and not traces.
    made.set("tags", MlflowRun.tags(Map.of("mlflow.experimentKind", "custom_model_development")));
    return server.post("experiments/create", made).path("experiment_id").asText();
  }

  private List<RemoteRun> known() throws ExportException, InterruptedException {
    List<RemoteRun> known = new ArrayList<>();
    String token = "";
    do {
      ObjectNode query = object().put("max_results", PAGE);
      query.putArray("experiment_ids").add(experimentId);
      // A sweep's name is a folder's, and has no quotes.
      query.put("filter", "tags.`" + RemoteRun.SWEEP + "` = '" + name + "'");
      if (!token.isEmpty()) {
        query.put("page_token", token);
      }
      JsonNode page = server.post("runs/search", query);
      page.path("runs").forEach(run -> known.add(RemoteRun.of(run)));
      token = page.path("next_page_token").asText("");
    } while (!token.isEmpty());
    return known;
  }

  /** The sweep's own run. */
  RemoteRun parent() {
    return parent;
  }

  /** Where a browser shows it. */
  String page() {
    return server.uri() + "/#/experiments/" + experimentId + "/runs/" + parent.id();
  }

  /**
   * Sends what is missing of a stored run.
   *
   * @return whether anything was
   */
  boolean complete(RunRecord run, SweepFolder folder, boolean weights)
      throws ExportException, ResultsException, InterruptedException {
    RemoteRun there = remote(run);
    Set<String> wanted = new TreeSet<>(there.takesFiles() ? FILES : List.of());
    if (weights && there.takesFiles() && run.status() != RunStatus.FAILED) {
      wanted.add(WEIGHTS);
    }
    Set<String> had = new TreeSet<>(List.of(there.tag(RemoteRun.EXPORTED).split(" ")));
    boolean whole = there.tags().containsKey(RemoteRun.EXPORTED);
    if (whole && had.containsAll(wanted)) {
      return false;
    }
    if (!whole) {
      List<JsonNode> metrics = MlflowRun.metrics(run);
      send(
          there,
          MlflowRun.params(run.spec()),
          metrics.subList(Math.min(there.values(), metrics.size()), metrics.size()));
    }
    Set<String> missing = new LinkedHashSet<>(wanted);
    missing.removeAll(had);
    for (Map.Entry<String, byte[]> file : folder.files(run.spec(), missing).entrySet()) {
      server.put(there.proxied(file.getKey()), file.getValue());
    }
    if (!whole) {
      String status = run.status() == RunStatus.FAILED ? "FAILED" : "FINISHED";
      end(there, status, RunTimes.of(run).ended());
    }
    had.addAll(wanted);
    had.remove("");
    tag(there, Map.of(RemoteRun.EXPORTED, had.isEmpty() ? "-" : String.join(" ", had)));
    return true;
  }

  private RemoteRun remote(RunRecord run) throws ExportException, InterruptedException {
    String variant = run.spec().variant().name();
    String identity = Identity.of(run.spec());
    String key = RemoteRun.key(variant, identity, run.provenance().startedAt());
    RemoteRun there = runs.get(key);
    RemoteRun live = runs.get(RemoteRun.key(variant, identity, ""));
    if (there == null && live != null) {
      tag(live, tags(run));
      there = live;
    } else if (there == null) {
      there = create(run.spec().label(), RunTimes.of(run).started(), tags(run));
      for (RemoteRun each : runs.values()) {
        if (each.tag(RemoteRun.VARIANT).equals(variant)
            && each.tag(RemoteRun.IDENTITY).equals(identity)
            && each.tag(RemoteRun.SUPERSEDED).isEmpty()) {
          tag(each, Map.of(RemoteRun.SUPERSEDED, "true"));
        }
      }
    } else if (!there.tag(RemoteRun.PARENT).equals(parent.id())) {
      // Someone has deleted the sweep there, and not its runs.
      tag(there, Map.of(RemoteRun.PARENT, parent.id()));
    }
    runs.put(key, there);
    return there;
  }

  /**
   * Sends epochs of a run that is being trained. One that is trained anew, after a kill say, gives
   * the same numbers again, which are not sent twice.
   *
   * @param rows in their order
   * @param now when they were heard of
   */
  void live(RunSpec run, List<EpochMetrics> rows, Instant now)
      throws ExportException, InterruptedException {
    String key = RemoteRun.key(run.variant().name(), Identity.of(run), "");
    RemoteRun there = runs.get(key);
    if (there == null) {
      there = create(run.label(), now, tags(run));
      runs.put(key, there);
      send(there, MlflowRun.params(run), List.of());
    }
    int first = heard.getOrDefault(key, 0);
    List<JsonNode> news = new ArrayList<>();
    for (EpochMetrics row : rows) {
      first = row.epoch() == 1 ? 0 : first;
      for (JsonNode value : MlflowRun.metrics(row, now)) {
        if (first == there.values() + news.size()) {
          news.add(value);
        }
        first++;
      }
    }
    heard.put(key, first);
    send(there, List.of(), news);
  }

  /** Sends metrics that follow those that are there, each request saying how far it got. */
  private void send(RemoteRun there, List<JsonNode> params, List<JsonNode> metrics)
      throws ExportException, InterruptedException {
    for (ObjectNode batch : MlflowRun.batches(params, metrics)) {
      int values = there.values() + batch.path("metrics").size();
      Map<String, String> progress = Map.of(RemoteRun.VALUES, Integer.toString(values));
      batch.put("run_id", there.id()).set("tags", MlflowRun.tags(progress));
      server.post("runs/log-batch", batch);
      there.tags().putAll(progress);
    }
  }

  /** Sends the report, unless it is there. */
  void report(ExportedSweep sweep) throws ExportException, InterruptedException {
    byte[][] parts =
        Stream.concat(
                Stream.of(sweep.description().getBytes(StandardCharsets.UTF_8)),
                sweep.report().stream().map(ExportedSweep.Document::bytes))
            .toArray(byte[][]::new);
    String seal = Sha256.of(parts);
    if (parent.tag(RemoteRun.REPORT).equals(seal)) {
      return;
    }
    if (parent.takesFiles()) {
      for (ExportedSweep.Document document : sweep.report()) {
        server.put(parent.proxied(document.name()), document.bytes());
      }
    }
    end(parent, "FINISHED", sweep.ended());
    Map<String, String> tags = new LinkedHashMap<>();
    // What MLflow shows as the run's description.
    tags.put("mlflow.note.content", sweep.description());
    tags.put(RemoteRun.REPORT, seal);
    tag(parent, tags);
  }

  private RemoteRun create(String runName, Instant started, Map<String, String> tags)
      throws ExportException, InterruptedException {
    ObjectNode run =
        object()
            .put("experiment_id", experimentId)
            .put("run_name", runName)
            .put("start_time", started.toEpochMilli());
    run.set("tags", MlflowRun.tags(tags));
    RemoteRun made = RemoteRun.of(server.post("runs/create", run).path("run"));
    made.tags().putAll(tags);
    return made;
  }

  private Map<String, String> tags(String kind) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RemoteRun.SWEEP, name);
    tags.put(RemoteRun.KIND, kind);
    tags.put("mlflow.source.name", "shrinklab");
    return tags;
  }

  private Map<String, String> tags(RunSpec run) {
    Map<String, String> tags = tags("run");
    tags.put(RemoteRun.PARENT, parent.id());
    tags.put(RemoteRun.IDENTITY, Identity.of(run));
    tags.put(RemoteRun.VARIANT, run.variant().name());
    tags.put(RemoteRun.SEED, Long.toString(run.seed()));
    tags.put("shrinklab.setting", run.variant().setting());
    tags.values().removeIf(String::isEmpty);
    return tags;
  }

  private Map<String, String> tags(RunRecord run) {
    Provenance provenance = run.provenance();
    Map<String, String> tags = tags(run.spec());
    if (!provenance.commit().equals(Provenance.UNKNOWN)) {
      tags.put("mlflow.source.git.commit", provenance.commit());
    }
    tags.put("shrinklab.version", provenance.shrinklabVersion());
    tags.put("shrinklab.commit", provenance.commit());
    tags.put("shrinklab.status", run.status().name());
    tags.put("shrinklab.reason", run.reason());
    tags.put("shrinklab.score", run.scoreName());
    tags.put("shrinklab.data_sha256", provenance.dataSha256());
    tags.put("shrinklab.weights_sha256", provenance.weightsSha256());
    tags.put(RemoteRun.STARTED, provenance.startedAt());
    tags.values().removeIf(String::isEmpty);
    return tags;
  }

  private void end(RemoteRun run, String status, Instant ended)
      throws ExportException, InterruptedException {
    server.post(
        "runs/update",
        object()
            .put("run_id", run.id())
            .put("status", status)
            .put("end_time", ended.toEpochMilli()));
  }

  private void tag(RemoteRun run, Map<String, String> tags)
      throws ExportException, InterruptedException {
    ObjectNode batch = object().put("run_id", run.id());
    batch.set("tags", MlflowRun.tags(tags));
    server.post("runs/log-batch", batch);
    run.tags().putAll(tags);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
