package io.shrinklab.command;

import io.shrinklab.analysis.Match;
import io.shrinklab.analysis.Matching;
import io.shrinklab.analysis.Moment;
import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SeedMatch;
import io.shrinklab.experiment.SpecDifference;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.wording.Formats;
import io.shrinklab.wording.Matches;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code compare} prints for people. */
final class ComparisonText {
  private static final String PART = "PART AT EPOCH";

  private final Matching matching;
  private final PrintWriter out;

  ComparisonText(Matching matching, PrintWriter out) {
    this.matching = matching;
    this.out = out;
  }

  void ofTwo() {
    Match match = matching.matches().get(0);
    String left = match.left().name();
    String right = match.right().name();
    Matches.ofTwo(matching).forEach(out::println);
    out.println();
    specification(left, right);
    TextTable quantities =
        new TextTable(right + " minus " + left, "DIFFERENCE", "ADJUSTED P", "DECISION");
    Matches.quantities(matching).forEach(row -> quantities.row(row.toArray(String[]::new)));
    quantities.print(out);
    out.println();
    TextTable seeds = new TextTable(">SEED", ">" + left, ">" + right, ">DIFFERENCE", PART);
    for (SeedMatch seed : match.seeds()) {
      seeds.row(
          Long.toString(seed.seed()),
          score(seed.left()),
          score(seed.right()),
          Double.isNaN(seed.difference()) ? Matches.NONE : Formats.difference(seed.difference()),
          seed.parting().map(Matches::parting).orElse(Matches.NONE));
    }
    seeds.print(out);
    out.println();
    line(
        "By seed: validation %s at each run's %s."
            .formatted(matching.sweep().scoreName(), matching.sweep().decisive().label()));
    rule();
  }

  void ofSweeps(Matching.Sides sides, SweepPairs variants) {
    Matches.ofSweeps(matching, sides).forEach(out::println);
    if (!variants.onlyLeft().isEmpty()) {
      line(Matches.onlyIn(sides.leftName(), variants.onlyLeft()));
    }
    if (!variants.onlyRight().isEmpty()) {
      line(Matches.onlyIn(sides.rightName(), variants.onlyRight()));
    }
    out.println();
    specification(sides.leftName(), sides.rightName());
    List<Moment> moments = matching.sweep().moments();
    List<String> head = new ArrayList<>(List.of("VARIANT", ">SEEDS"));
    for (Moment moment : moments) {
      head.add(">" + moment.label().toUpperCase(Locale.ROOT));
      head.add("DECISION");
    }
    head.add(PART);
    TextTable table = new TextTable(head.toArray(String[]::new));
    for (Match match : matching.matches()) {
      List<String> row = new ArrayList<>();
      row.add(match.name());
      row.add(Integer.toString(match.best().score().n()));
      for (Moment moment : moments) {
        row.add(Matches.difference(match.at(moment).score()));
        row.add(match.at(moment).label());
      }
      row.add(Matches.partings(match));
      table.row(row.toArray(String[]::new));
    }
    table.print(out);
    out.println();
    line(
        "Validation %s, %s minus %s."
            .formatted(matching.sweep().scoreName(), sides.rightName(), sides.leftName()));
    rule();
  }

  void line(String text) {
    out.println(text);
  }

  private void rule() {
    line(
        "Differences are paired by seed, with [%ss]; the rule: docs/analysis.md."
            .formatted(Formats.SIMULTANEOUS));
  }

  /** What differs, each value once with the variants that it differs in. */
  private void specification(String left, String right) {
    Map<SpecDifference, List<String>> groups = new LinkedHashMap<>();
    for (Match match : matching.matches()) {
      for (SpecDifference difference :
          SpecDifference.between(match.left().variant(), match.right().variant())) {
        groups.computeIfAbsent(difference, key -> new ArrayList<>()).add(match.name());
      }
    }
    int all = matching.matches().size();
    if (groups.isEmpty()) {
      line("Nothing differs in the specification%s.".formatted(all == 1 ? "" : " of any variant"));
    } else if (all == 1) {
      TextTable table = new TextTable("SPECIFICATION", left, right);
      groups
          .keySet()
          .forEach(each -> table.row(each.path(), cell(each.left()), cell(each.right())));
      table.print(out);
    } else {
      TextTable table = new TextTable("SPECIFICATION", left, right, "VARIANTS");
      groups.forEach(
          (each, names) ->
              table.row(
                  each.path(), cell(each.left()), cell(each.right()), Matches.sharing(names, all)));
      table.print(out);
    }
    out.println();
  }

  private static String cell(String value) {
    return value.isEmpty() ? Matches.NONE : value;
  }

  private static String score(RunSummary run) {
    EpochMetrics best = run.best();
    return run.completed() && best != null
        ? Formats.score(best.validationScore())
        : run.state().word();
  }
}
