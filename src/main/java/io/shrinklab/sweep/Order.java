package io.shrinklab.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.OwnClasses;
import io.shrinklab.experiment.SpecJson;
import io.shrinklab.results.Environment;
import io.shrinklab.spec.RunSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs for another machine. Of texts alone, so that it is the same whatever carries it.
 *
 * @param sweep the sweep's name
 * @param specs the runs, as the experiment room writes them
 * @param dataDirectory a folder with data sets on that machine; null to download, or for what the
 *     courier brings along
 * @param results the folder of all sweeps, where it can be written from there too; null to send
 *     what is stored back
 * @param commit of the code, as in {@link Environment}
 * @param dirty likewise
 */
public record Order(
    String sweep,
    List<String> specs,
    @Nullable String dataDirectory,
    @Nullable String results,
    String commit,
    @Nullable Boolean dirty)
    implements Serializable {
  private static final JsonMapper MAPPER = new JsonMapper();

  static Order of(Workplaces.Site site, List<RunSpec> runs, boolean shared) {
    SweepOptions options = site.options();
    return new Order(
        site.sweep(),
        write(runs),
        options.dataDirectory() == null
            ? null
            : options.dataDirectory().toAbsolutePath().toString(),
        shared ? options.results().toAbsolutePath().toString() : null,
        site.environment().commit(),
        site.environment().dirty());
  }

  /** Runs as an order has them. */
  static List<String> write(List<RunSpec> runs) {
    return runs.stream().map(run -> SpecJson.write(run).toString()).toList();
  }

  /** Its runs. Who asked for the sweep was asked about its classes. */
  List<RunSpec> runs() throws ExperimentException {
    List<RunSpec> runs = new ArrayList<>();
    for (String spec : specs) {
      runs.add(SpecJson.read(tree(spec), OwnClasses.ALLOWED));
    }
    return runs;
  }

  private static JsonNode tree(String spec) {
    try {
      return MAPPER.readTree(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A run is no JSON: " + spec, e);
    }
  }
}
