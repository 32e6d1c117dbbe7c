package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Check;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.spec.Visible;
import java.util.Map;

/** Resolved runs as JSON: every value spelled out, and back again. */
public final class SpecJson {
  private static final RecordShape RUN = RecordShape.of(RunSpec.class);

  private SpecJson() {}

  /**
   * A run as {@code {"variant": {"name": ..., "data": {...}, ...}, "seed": 3}}; any other record of
   * this room, a penalty, say, in the same way.
   */
  public static ObjectNode write(Record spec) {
    return RecordShape.of(spec.getClass()).write(spec);
  }

  /**
   * Reads what {@link #write} wrote of a run, perhaps by an older version: keys that are not there
   * have their defaults.
   *
   * @throws ExperimentException when it is not that; names every problem
   */
  public static RunSpec read(JsonNode json) throws ExperimentException {
    return read(json, OwnClasses.ALLOWED);
  }

  /**
   * The same for whoever trains it.
   *
   * @param classes whether it may name some
   */
  public static RunSpec read(JsonNode json, OwnClasses classes) throws ExperimentException {
    RunSpec run = read(json, "run specification", Origins.SAME, new Problems());
    Problems problems = new Problems();
    Place variant = Place.ROOT.key("variant");
    classes.check(run.variant().network().className(), refused(problems, variant.key("network")));
    classes.check(run.variant().penalty().className(), refused(problems, variant.key("penalty")));
    problems.throwIfAny("run specification");
    return run;
  }

  private static Check.Reporter refused(Problems problems, Place place) {
    return (key, found, allowed) ->
        problems.add(place.key(key), Visible.quoted(String.valueOf(found)), allowed);
  }

  /**
   * The same run with some values replaced.
   *
   * @param spec the run
   * @param values JSON texts by dotted path, for instance {@code training.epochs} to {@code 5}; a
   *     text that is not JSON is taken as a word
   * @param option what to call the source in messages, for instance {@code --set}
   * @throws ExperimentException when a path is unknown or a value not allowed
   */
  public static RunSpec with(RunSpec spec, Map<String, String> values, String option)
      throws ExperimentException {
    ObjectNode run = write(spec);
    ObjectNode tree = (ObjectNode) run.get("variant");
    Origins origins = new Origins();
    Problems problems = new Problems();
    values.forEach(
        (path, text) -> {
          Place source = new Place(null, option + " " + path);
          ParameterPath parsed = ParameterPath.parse(path, source, problems);
          if (parsed == null) {
            return;
          }
          if (!parsed.set(tree, JsonText.lenient(text))) {
            problems.add(source, "", parsed.obstacle());
          }
          Place variant = Place.ROOT.key("variant");
          origins.put(parsed.place(variant), source);
        });
    return read(run, spec.label(), origins, problems);
  }

  private static RunSpec read(JsonNode json, String source, Origins origins, Problems problems)
      throws ExperimentException {
    Object spec = RUN.read(json, Place.ROOT, Reading.whole(problems, origins));
    if (spec instanceof RunSpec run && !FolderName.isSafe(run.variant().name())) {
      Place name = Place.ROOT.key("variant").key("name");
      problems.add(name, Visible.quoted(run.variant().name()), "needs " + FolderName.ALLOWED);
    }
    problems.throwIfAny(source);
    if (spec instanceof RunSpec run) {
      return run;
    }
    throw new IllegalStateException("nothing read and nothing reported");
  }
}
