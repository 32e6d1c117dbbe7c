package io.shrinklab.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.shrinklab.experiment.SpecValue;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.outcome.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What TensorBoard's HParams page shows of a sweep: a row per variant with the settings in which
 * variants differ, and means over seeds of what they are judged by. Numbers of fields are those of
 * the plugin's plugin_data.proto and api.proto.
 */
final class HParams {
  private static final String PLUGIN = "hparams";
  private static final String VARIANT = "variant";

  // DataType of api.proto.
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int FLOAT64 = 3;

  // Status of api.proto.
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  // DatasetType of api.proto.
  private static final int VALIDATION = 2;

  /** Numbers up to so many are ticked one by one; more are an interval. */
  private static final int TICKED = 12;

  private final String sweep;
  private final Map<String, Integer> types = new LinkedHashMap<>();
  private final Map<String, List<JsonNode>> values = new LinkedHashMap<>();

  HParams(String sweep, List<RunRecord> runs) {
    this.sweep = sweep;
    add(VARIANT, runs.stream().map(HParams::name).toList());
    RunSettings.varied(runs.stream().map(RunRecord::spec).toList()).forEach(this::add);
  }

  private void add(String name, List<JsonNode> all) {
    types.put(
        name,
        all.stream().allMatch(JsonNode::isNumber)
            ? FLOAT64
            : all.stream().allMatch(JsonNode::isBoolean) ? BOOL : STRING);
    values.put(name, all.stream().distinct().toList());
  }

  private static JsonNode name(RunRecord run) {
    return TextNode.valueOf(run.spec().variant().name());
  }

  /** The sweep's columns. */
  ProtoMessage experiment() {
    ProtoMessage experiment = new ProtoMessage().put(6, sweep);
    types.forEach((name, type) -> experiment.put(4, column(name, type)));
    experiment.put(5, metric(BestValues.SCORE, "validation score at the epoch that is judged"));
    experiment.put(5, metric("best_val_loss", "validation loss there"));
    experiment.put(5, metric("test_score", "test score there, read once"));
    return data(2, experiment, "_hparams_/experiment");
  }

  private ProtoMessage column(String name, int type) {
    ProtoMessage column = new ProtoMessage().put(1, name).put(4, (long) type);
    List<JsonNode> all = values.getOrDefault(name, List.of());
    if (type == FLOAT64 && all.size() > TICKED) {
      return column.put(
          6,
          new ProtoMessage()
              .put(1, all.stream().mapToDouble(JsonNode::doubleValue).min().orElse(0))
              .put(2, all.stream().mapToDouble(JsonNode::doubleValue).max().orElse(0)));
    }
    ProtoMessage list = new ProtoMessage();
    (type == FLOAT64
            ? all.stream().sorted((a, b) -> Double.compare(a.doubleValue(), b.doubleValue()))
            : all.stream())
        .forEach(value -> list.put(1, value(value, type)));
    return column.put(5, list);
  }

  private static ProtoMessage metric(String tag, String description) {
    return new ProtoMessage()
        .put(1, new ProtoMessage().put(2, tag))
        .put(3, tag)
        .put(4, description)
        .put(5, (long) VALIDATION);
  }

  /** A {@code google.protobuf.Value}. */
  private static ProtoMessage value(JsonNode value, int type) {
    return switch (type) {
      case FLOAT64 -> new ProtoMessage().put(2, value.doubleValue());
      case BOOL -> new ProtoMessage().put(4, value.booleanValue() ? 1L : 0L);
      default -> new ProtoMessage().put(3, SpecValue.text(value));
    };
  }

  /** A run's values: its beginning, and how it ended. */
  List<ProtoMessage> session(RunRecord run) {
    RunTimes times = RunTimes.of(run);
    ProtoMessage start = new ProtoMessage();
    Map<String, JsonNode> settings = RunSettings.of(run.spec());
    types.forEach(
        (name, type) -> {
          JsonNode value = name.equals(VARIANT) ? name(run) : settings.get(name);
          if (value != null) {
            start.put(1, new ProtoMessage().put(1, name).put(2, value(value, type)));
          }
        });
    // Seeds of one variant are one row.
    start.put(4, run.spec().variant().name() + " (" + sweep + ")");
    start.put(5, times.started().toEpochMilli() / 1000.0);
    int status = run.status() == RunStatus.COMPLETED ? SUCCESS : FAILURE;
    ProtoMessage end =
        new ProtoMessage().put(1, (long) status).put(2, times.ended().toEpochMilli() / 1000.0);
    List<ProtoMessage> session = new ArrayList<>();
    session.add(data(3, start, "_hparams_/session_start_info"));
    session.add(data(4, end, "_hparams_/session_end_info"));
    return session;
  }

  private static ProtoMessage data(int field, ProtoMessage content, String tag) {
    return EventFile.plugin(tag, PLUGIN, new ProtoMessage().put(field, content));
  }
}
