package io.shrinklab.sweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.Environment;
import org.jspecify.annotations.Nullable;

/**
 * What the parent and a worker say to each other: one JSON object per line. {@code setup} once,
 * then {@code run}s, one at a time; to each the worker answers {@code started}, any number of
 * {@code epoch}s, and one of {@code finished}, {@code failed} or {@code unwritable}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Setup.class, name = "setup"),
  @JsonSubTypes.Type(value = Message.Run.class, name = "run"),
  @JsonSubTypes.Type(value = Message.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Message.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Message.Epoch.class, name = "epoch"),
  @JsonSubTypes.Type(value = Message.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Message.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Message.Unwritable.class, name = "unwritable")
})
sealed interface Message {
  /**
   * To the worker, first.
   *
   * @param results the folder of all sweeps
   * @param sweep the sweep's name
   * @param dataDirectory a folder with data sets; null to download
   * @param log the file that the worker's standard error goes to
   * @param environment what is recorded with each run
   */
  record Setup(
      String results,
      String sweep,
      @Nullable String dataDirectory,
      String log,
      Environment environment)
      implements Message {}

  /** To the worker: train this run, as the experiment room writes it, and store it. */
  record Run(JsonNode spec) implements Message {}

  /** From the worker: set up. */
  record Ready(long pid) implements Message {}

  /** From the worker: the run was understood. */
  record Started() implements Message {}

  /** From the worker: an epoch is done. */
  record Epoch(EpochMetrics metrics) implements Message {}

  /**
   * From the worker: trained, and complete in its folder.
   *
   * @param status COMPLETED or DIVERGED
   * @param memory bytes that the process occupies
   */
  record Finished(RunStatus status, String reason, long memory) implements Message {}

  /**
   * From the worker: cannot be trained; nothing was stored.
   *
   * @param worn whether the process should not be trusted with another run
   */
  record Failed(String reason, boolean worn) implements Message {}

  /** From the worker: trained, but the results folder cannot be written. */
  record Unwritable(String reason) implements Message {}

  /** Reads and writes messages. */
  JsonMapper MAPPER = JsonMapper.builder().build();

  /** The message as one line, without its end. */
  default String line() {
    try {
      return MAPPER.writerFor(Message.class).writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message is always JSON", e);
    }
  }

  /** Reads a line; null when it is none of ours, a stray print of a native library, say. */
  static @Nullable Message parse(String line) {
    if (!line.startsWith("{\"message\":")) {
      return null;
    }
    try {
      return MAPPER.readValue(line, Message.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
