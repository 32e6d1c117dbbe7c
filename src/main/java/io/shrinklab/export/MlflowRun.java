package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.experiment.SpecValue;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.spec.RunSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run in MLflow's words: parameters, metrics, tags, and the requests that they fit into. */
final class MlflowRun {
  /** Parameters that a request may have. */
  static final int PARAMS = 100;

  /** Metrics that a request has: with 100 parameters and some tags they are at most 1,000. */
  static final int METRICS = 800;

  /** Characters that a parameter's value may have. */
  static final int VALUE = 6000;

  /** And a tag's, in servers of some age too. */
  static final int TAG = 5000;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MlflowRun() {}

  /** A key and its value, as parameters and tags are. */
  static ObjectNode entry(String key, String value, int longest) {
    return JSON.objectNode()
        .put("key", key)
        .put("value", value.length() <= longest ? value : value.substring(0, longest - 3) + "...");
  }

  /** All tags of a map. */
  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode list = JSON.arrayNode();
    tags.forEach((key, value) -> list.add(entry(key, value, TAG)));
    return list;
  }

  /** The bodies of the requests that take them, but for the run's id. */
  static List<ObjectNode> batches(List<JsonNode> params, List<JsonNode> metrics) {
    List<ObjectNode> batches = new ArrayList<>();
    for (int i = 0; i * PARAMS < params.size() || i * METRICS < metrics.size(); i++) {
      ObjectNode batch = JSON.objectNode();
      batch.putArray("params").addAll(part(params, i, PARAMS));
      batch.putArray("metrics").addAll(part(metrics, i, METRICS));
      batches.add(batch);
    }
    return batches;
  }

  private static List<JsonNode> part(List<JsonNode> all, int number, int size) {
    int from = Math.min(all.size(), number * size);
    return all.subList(from, Math.min(all.size(), from + size));
  }

  /** Every setting by its path, and what the run is called by. */
  static List<JsonNode> params(RunSpec run) {
    List<JsonNode> params = new ArrayList<>();
    params.add(entry("variant", run.variant().name(), VALUE));
    params.add(entry("seed", Long.toString(run.seed()), VALUE));
    RunSettings.of(run)
        .forEach((path, value) -> params.add(entry(path, SpecValue.text(value), VALUE)));
    return params;
  }

  /** All metrics of a run in the one order in which they are sent: by epoch, the best one last. */
  static List<JsonNode> metrics(RunRecord run) {
    List<JsonNode> metrics = new ArrayList<>();
    RunTimes times = RunTimes.of(run);
    for (int i = 0; i < run.epochs().size(); i++) {
      metrics.addAll(metrics(run.epochs().get(i), times.epochs().get(i)));
    }
    BestEpoch best = run.best();
    if (best != null) {
      BestValues.of(best)
          .forEach((name, value) -> metrics.add(metric(name, value, times.ended(), best.epoch())));
    }
    return metrics;
  }

  /** Those of an epoch; an empty cell is none. */
  static List<JsonNode> metrics(EpochMetrics row, Instant at) {
    List<JsonNode> metrics = new ArrayList<>();
    for (Metric metric : Metric.COLUMNS) {
      double value = row.get(metric);
      if (!metric.mayBeEmpty() || !Double.isNaN(value)) {
        metrics.add(metric(metric.column(), value, at, row.epoch()));
      }
    }
    return metrics;
  }

  /** NaN and Infinity are sent by name, in quotes, as the JSON of protocol buffers has them. */
  private static ObjectNode metric(String key, double value, Instant at, int step) {
    ObjectNode metric =
        JSON.objectNode().put("key", key).put("timestamp", at.toEpochMilli()).put("step", step);
    return Double.isFinite(value)
        ? metric.put("value", value)
        : metric.put("value", Double.toString(value));
  }
}
