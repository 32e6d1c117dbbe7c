package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * A run on an MLflow server, or a sweep, which is one there too.
 *
 * @param id MLflow's
 * @param artifacts where its files are
 * @param tags as far as they are known here; kept up to date with what is sent
 */
record RemoteRun(String id, String artifacts, Map<String, String> tags) {
  static final String SWEEP = "shrinklab.sweep";
  static final String KIND = "shrinklab.kind";
  static final String PARENT = "mlflow.parentRunId";
  static final String VARIANT = "shrinklab.variant";
  static final String SEED = "shrinklab.seed";
  static final String IDENTITY = "shrinklab.identity";

  /** When its training began; a run that is not over, or was killed, has none. */
  static final String STARTED = "shrinklab.started_at";

  static final String SUPERSEDED = "shrinklab.superseded";

  /** How many metrics have arrived, in the one order in which they are sent. */
  static final String VALUES = "shrinklab.values";

  /** Of a run that is whole: the files that it has been given. Set last. */
  static final String EXPORTED = "shrinklab.exported";

  /** Of a sweep: which report it has been given. Set last. */
  static final String REPORT = "shrinklab.report_sha256";

  private static final String PROXY = "mlflow-artifacts:/";

  /** As the server shows it. */
  static RemoteRun of(JsonNode run) {
    Map<String, String> tags = new HashMap<>();
    run.at("/data/tags")
        .forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText()));
    return new RemoteRun(
        run.at("/info/run_id").asText(), run.at("/info/artifact_uri").asText(), tags);
  }

  /** A tag; empty where there is none. */
  String tag(String name) {
    return tags.getOrDefault(name, "");
  }

  /** How many metrics have arrived. */
  int values() {
    String values = tag(VALUES);
    return values.matches("[0-9]{1,9}") ? Integer.parseInt(values) : 0;
  }

  /** Whether the server takes its files and stores them itself. */
  boolean takesFiles() {
    // With a host behind two slashes it is another server, which credentials are not for.
    return artifacts.startsWith(PROXY) && !artifacts.startsWith(PROXY + "/");
  }

  /** Where the server takes one of its files. */
  String proxied(String file) {
    return artifacts.substring(PROXY.length()) + "/" + file;
  }

  /** Two variants may be the same run, and a run that failed is tried again. */
  String key() {
    return key(tag(VARIANT), tag(IDENTITY), tag(STARTED));
  }

  static String key(String variant, String identity, String started) {
    return variant + " " + identity + " " + started;
  }
}
