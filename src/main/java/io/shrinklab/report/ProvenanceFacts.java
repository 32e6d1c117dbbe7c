package io.shrinklab.report;

import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where a sweep's numbers come from: each fact once, with counts where runs differ. */
final class ProvenanceFacts {
  private ProvenanceFacts() {}

  /** Label and value pairs, in the order of the page; empty without a run. */
  static List<Map<String, String>> of(List<RunRecord> records) {
    List<Map<String, String>> facts = new ArrayList<>();
    List<Provenance> all = records.stream().map(RunRecord::provenance).toList();
    if (all.isEmpty()) {
      return facts;
    }
    add(
        facts,
        "Code",
        all,
        p -> p.commit() + (Boolean.TRUE.equals(p.dirty()) ? ", with uncommitted changes" : ""));
    add(facts, "shrinklab", all, Provenance::shrinklabVersion);
    add(facts, "Data, SHA-256", all, Provenance::dataSha256);
    add(
        facts,
        "Rows: training, validation, test",
        records,
        run -> run.sizes().train() + ", " + run.sizes().validation() + ", " + run.sizes().test());
    add(facts, "DJL", all, Provenance::djl);
    add(facts, "libtorch", all, Provenance::libtorch);
    add(facts, "Java", all, Provenance::jdk);
    add(facts, "System", all, Provenance::os);
    add(facts, "Processor", all, Provenance::cpu);
    add(facts, "Threads per run", all, p -> Integer.toString(p.threads()));
    facts.add(fact("Trained", between(all)));
    facts.add(
        fact(
            "Training time",
            String.format(
                Locale.ROOT,
                "%.1f s in all runs together",
                all.stream().mapToDouble(Provenance::seconds).sum())));
    return facts;
  }

  /** From the first start to the last end, to the second. */
  static String between(List<Provenance> all) {
    return seconds(all.stream().map(Provenance::startedAt).min(String::compareTo).orElse(""))
        + " to "
        + seconds(all.stream().map(Provenance::endedAt).max(String::compareTo).orElse(""))
        + " UTC";
  }

  private static String seconds(String instant) {
    int fraction = instant.indexOf('.');
    String whole = fraction < 0 ? instant : instant.substring(0, fraction);
    return whole.replace('T', ' ').replace("Z", "");
  }

  private static <T> void add(
      List<Map<String, String>> facts, String label, List<T> from, Function<T, String> value) {
    Map<String, Long> counts =
        from.stream()
            .map(value)
            .filter(text -> !text.isEmpty())
            .collect(
                Collectors.groupingBy(text -> text, LinkedHashMap::new, Collectors.counting()));
    if (counts.isEmpty()) {
      return;
    }
    facts.add(
        fact(
            label,
            counts.size() == 1
                ? counts.keySet().iterator().next()
                : counts.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + " runs)")
                    .collect(Collectors.joining("; "))));
  }

  private static Map<String, String> fact(String label, String value) {
    return Map.of("label", label, "value", value);
  }
}
