package io.shrinklab.report;

import io.shrinklab.experiment.SpecValue;
import io.shrinklab.outcome.Provenance;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.wording.Effects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The experiment in a few lines: what all runs have in common, what varies, where they ran. */
final class Glance {
  /** Of a section's settings the first say what it is; all are told elsewhere. */
  private static final int PARTS = 3;

  /** Values of a setting that are told one by one. */
  private static final int VALUES = 6;

  private Glance() {}

  /** Label and value pairs, in the order of the page. */
  static List<Map<String, String>> of(Settings settings, List<RunRecord> records) {
    List<Map<String, String>> facts = new ArrayList<>();
    settings
        .common()
        .forEach(
            (section, text) ->
                facts.add(
                    fact(
                        section,
                        Arrays.stream(text.split(", (?=[a-z])"))
                            .limit(PARTS)
                            .collect(Collectors.joining(", ")))));
    String varied = settings.chosen().map(Glance::varied).collect(Collectors.joining("; "));
    if (!varied.isEmpty()) {
      facts.add(fact("varies", varied));
    }
    if (!records.isEmpty()) {
      List<Provenance> all = records.stream().map(RunRecord::provenance).toList();
      facts.add(
          fact(
              "rows",
              distinct(
                  records.stream()
                      .map(
                          run ->
                              "%d training, %d validation, %d test"
                                  .formatted(
                                      run.sizes().train(),
                                      run.sizes().validation(),
                                      run.sizes().test()))
                      .toList())));
      facts.add(
          fact(
              "trained",
              String.format(
                  Locale.ROOT,
                  "%s; %s, %.0f s in all runs together",
                  ProvenanceFacts.between(all),
                  distinct(all.stream().map(Provenance::cpu).toList()),
                  all.stream().mapToDouble(Provenance::seconds).sum())));
    }
    return facts;
  }

  private static String varied(SpecValue setting) {
    List<String> values = new ArrayList<>(setting.choices());
    if (values.size() == 1) {
      values.add(0, Effects.value(""));
    }
    return setting.path()
        + " "
        + (values.size() > VALUES ? values.size() + " values" : String.join(", ", values));
  }

  private static String distinct(List<String> texts) {
    List<String> few = texts.stream().distinct().toList();
    return few.size() == 1 ? few.get(0) : few.get(0) + " and " + (few.size() - 1) + " others";
  }

  private static Map<String, String> fact(String label, String value) {
    return Map.of("label", label, "value", value);
  }
}
