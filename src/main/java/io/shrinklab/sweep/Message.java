package io.shrinklab.sweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.Environment;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.RunSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a worker and its caller say to each other: one JSON object per line. {@code setup} once,
 * then {@code run} for one run or {@code runs} for a list, or either {@code beside} others; to each
 * the worker answers {@code started}, any number of {@code epoch}s, and for each run one of {@code
 * finished}, {@code failed} or {@code unwritable}. Callers that are no part of this program read
 * {@code docs/worker.md}, which a test holds against this.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Setup.class, name = "setup"),
  @JsonSubTypes.Type(value = Message.Run.class, name = "run"),
  @JsonSubTypes.Type(value = Message.Runs.class, name = "runs"),
  @JsonSubTypes.Type(value = Message.Beside.class, name = "beside"),
  @JsonSubTypes.Type(value = Message.End.class, name = "end"),
  @JsonSubTypes.Type(value = Message.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Message.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Message.Epoch.class, name = "epoch"),
  @JsonSubTypes.Type(value = Message.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = Message.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Message.Unwritable.class, name = "unwritable")
})
sealed interface Message {
  /** What a worker hears. */
  sealed interface ToWorker extends Message {}

  /** What a worker says. */
  sealed interface FromWorker extends Message {}

  /** The key of an epoch's number among its metrics. */
  String EPOCH = "epoch";

  /**
   * To the worker, first.
   *
   * @param results the folder of all sweeps
   * @param sweep the sweep's name
   * @param dataDirectory a folder with data sets; null to download
   * @param log the file that the worker's standard error goes to; null when it goes elsewhere, and
   *     runs keep no log
   * @param environment what is recorded with each run; null for what the worker finds out
   * @param locked whether the caller holds the lock of the sweep's folder; else the worker does
   */
  record Setup(
      String results,
      String sweep,
      @Nullable String dataDirectory,
      @Nullable String log,
      @Nullable Environment environment,
      boolean locked)
      implements ToWorker {
    public Setup {
      need("results", results);
      need("sweep", sweep);
      if (!FolderName.isSafe(sweep)) {
        throw new IllegalArgumentException(
            "sweep: found " + sweep + "; needs " + FolderName.ALLOWED);
      }
    }

    /** To a sweep's own worker: the sweep holds the lock. */
    static Setup ofSweep(SweepOptions options, String sweep, Path log, Environment environment) {
      Path data = options.dataDirectory();
      return new Setup(
          options.results().toAbsolutePath().toString(),
          sweep,
          data == null ? null : data.toAbsolutePath().toString(),
          log.toAbsolutePath().toString(),
          environment,
          true);
    }
  }

  /** To the worker: train this run, as the experiment room writes it, and store it. */
  record Run(JsonNode spec) implements ToWorker {
    public Run {
      need("spec", spec);
    }
  }

  /** To the worker: train these runs, side by side where they can be, and store each. */
  record Runs(List<JsonNode> specs) implements ToWorker {
    public Runs {
      need("specs", specs);
      specs = List.copyOf(specs);
      if (specs.isEmpty()) {
        throw new IllegalArgumentException("specs: found none, needs at least one");
      }
    }

    static Runs of(List<RunSpec> runs) {
      return new Runs(runs.stream().<JsonNode>map(SpecJson::write).toList());
    }
  }

  /**
   * To the worker: runs for one of its threads, which train different ones at a time; and from it:
   * what that thread answers. Whoever has one list at a time needs none.
   *
   * @param thread counted from 1; one that is new is begun
   * @param said {@link Run}, {@link Runs}, or an answer to them
   */
  record Beside(int thread, Message said) implements ToWorker, FromWorker {
    public Beside {
      need("said", said);
      if (thread < 1 || thread > MOST_THREADS) {
        throw new IllegalArgumentException(
            "thread: found " + thread + "; needs a number from 1 to " + MOST_THREADS);
      }
    }
  }

  /** Threads of a worker, at most. */
  int MOST_THREADS = 64;

  /** To the worker: no run follows; end when all are answered. */
  record End() implements ToWorker {}

  /** A line to the worker that is none of these. */
  record NotUnderstood(String reason) implements ToWorker {}

  /** From the worker: set up. */
  record Ready(long pid) implements FromWorker {}

  /** From the worker: a run was understood, of a list the first that is trained. */
  record Started() implements FromWorker {}

  /**
   * From the worker: an epoch is done.
   *
   * @param run its place in the list of runs, from 0
   * @param metrics its row, by {@link Metric#field}
   */
  record Epoch(int run, Map<String, Number> metrics) implements FromWorker {
    static Epoch of(int run, EpochMetrics row) {
      Map<String, Number> metrics = new LinkedHashMap<>();
      metrics.put(EPOCH, row.epoch());
      Metric.COLUMNS.forEach(metric -> metrics.put(metric.field(), row.get(metric)));
      return new Epoch(run, metrics);
    }

    EpochMetrics row() {
      return EpochMetrics.of(
          number(EPOCH).intValue(), metric -> number(metric.field()).doubleValue());
    }

    private Number number(String field) {
      return Objects.requireNonNull(metrics.get(field), field);
    }
  }

  /**
   * From the worker: trained, and complete in its folder.
   *
   * @param run its place in the list of runs, from 0
   * @param status COMPLETED or DIVERGED
   * @param reason why it diverged
   * @param memory bytes that the process occupies
   * @param folder where it is, under the folder of all sweeps
   */
  record Finished(int run, RunStatus status, String reason, long memory, String folder)
      implements FromWorker {}

  /**
   * From the worker: not understood, or cannot be trained; nothing was stored.
   *
   * @param run its place in the list of runs, from 0; null for all that have no answer yet, and for
   *     a line that is not understood
   * @param worn whether the process should not be trusted with another run
   */
  record Failed(@Nullable Integer run, String reason, boolean worn) implements FromWorker {
    /** Of a line that the process is none the worse for. */
    static Failed of(String reason) {
      return new Failed(null, reason, false);
    }

    /** Of all runs that have no answer yet. */
    static Failed of(Failure failure) {
      return new Failed(null, failure.reason(), failure.worn());
    }

    /** Of one run. */
    static Failed of(int run, Failure failure) {
      return new Failed(run, failure.reason(), failure.worn());
    }
  }

  /** From the worker: trained, but the results folder cannot be written. */
  record Unwritable(String reason) implements FromWorker {}

  /** Reads and writes messages. */
  JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The message as one line, without its end. */
  default String line() {
    try {
      return MAPPER.writerFor(Message.class).writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message is always JSON", e);
    }
  }

  /**
   * Reads a line.
   *
   * @throws JsonProcessingException when it is no message; {@link #reason} says why
   */
  static Message read(String line) throws JsonProcessingException {
    Message message = MAPPER.readValue(line, Message.class);
    if (message == null) {
      throw new JsonParseException("null is no message");
    }
    return message;
  }

  /** Why a line is no message, in one line. */
  static String reason(JsonProcessingException e) {
    String reason =
        e.getCause() instanceof IllegalArgumentException unfit
            ? unfit.getMessage()
            : e.getOriginalMessage();
    return String.valueOf(reason).lines().findFirst().orElse("");
  }

  /** What a worker's line says; null when it is a stray print of a native library, say. */
  static @Nullable FromWorker parse(String line) {
    try {
      return read(line) instanceof FromWorker said ? said : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static void need(String key, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(key + ": missing");
    }
  }
}
