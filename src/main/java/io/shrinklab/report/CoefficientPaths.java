package io.shrinklab.report;

import io.shrinklab.analysis.RunSummary;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.analysis.VariantSummary;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.RunRecord;
import io.shrinklab.report.PageData.CoefficientLine;
import io.shrinklab.report.PageData.CoefficientPath;
import io.shrinklab.report.Palette.Theme;
import io.shrinklab.spec.RunSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The regularization paths of linear fits with one output: each feature's coefficient at the end of
 * training, the mean over the completed runs, by strength from strong to weak. Where a setting has
 * a baseline without a penalty, it is the end of each of its paths, at strength 0.
 */
final class CoefficientPaths {
  /** More lines than this cannot be told apart; those of the largest coefficients are kept. */
  private static final int LINES = 24;

  private record Key(String setting, String family) {}

  /** A strength's mean coefficients. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Point(
      double strength, List<String> features, double[] means, int[] zeros, int n) {}

  private final SweepAnalysis analysis;
  private final RecordIndex records;

  private CoefficientPaths(SweepAnalysis analysis, List<RunRecord> records) {
    this.analysis = analysis;
    this.records = RecordIndex.of(records);
  }

  /** A path per family and setting; empty where no run has coefficients. */
  static List<CoefficientPath> of(SweepAnalysis analysis, List<RunRecord> records) {
    return records.stream().allMatch(run -> run.coefficients().isEmpty())
        ? List.of()
        : new CoefficientPaths(analysis, records).collect();
  }

  private List<CoefficientPath> collect() {
    Map<Key, List<Point>> paths = new LinkedHashMap<>();
    Map<String, Point> unpenalized = new LinkedHashMap<>();
    for (VariantSummary summary : analysis.variants()) {
      String setting = summary.variant().setting();
      double strength = summary.variant().penalty().strength();
      Optional<Point> point = point(summary, strength);
      if (point.isPresent() && strength > 0) {
        String family = summary.variant().penalty().family();
        paths.computeIfAbsent(new Key(setting, family), key -> new ArrayList<>()).add(point.get());
      } else if (point.isPresent()) {
        unpenalized.putIfAbsent(setting, point.get());
      }
    }
    List<CoefficientPath> found = new ArrayList<>();
    paths.forEach(
        (key, points) -> {
          points.sort(Comparator.comparingDouble(Point::strength).reversed());
          Point end = unpenalized.get(key.setting());
          if (end != null) {
            points.add(end);
          }
          Point first = points.get(0);
          if (points.size() > 1
              && points.stream().allMatch(each -> each.features().equals(first.features()))) {
            found.add(path(key, points));
          }
        });
    return found;
  }

  private Optional<Point> point(VariantSummary summary, double strength) {
    List<List<Coefficient>> runs =
        summary.runs().stream()
            .filter(RunSummary::completed)
            .flatMap(run -> records.find(new RunSpec(summary.variant(), run.seed())).stream())
            .map(RunRecord::coefficients)
            .filter(coefficients -> !coefficients.isEmpty())
            // A line per feature and class would be too many to tell apart.
            .filter(coefficients -> coefficients.get(0).className().isEmpty())
            .toList();
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    List<String> features = runs.get(0).stream().map(Coefficient::feature).toList();
    double[] means = new double[features.size()];
    int[] zeros = new int[features.size()];
    for (List<Coefficient> run : runs) {
      if (run.size() != means.length) {
        return Optional.empty();
      }
      for (int i = 0; i < means.length; i++) {
        means[i] += run.get(i).value() / runs.size();
        zeros[i] += run.get(i).value() == 0 ? 1 : 0;
      }
    }
    return Optional.of(new Point(strength, features, means, zeros, runs.size()));
  }

  private static CoefficientPath path(Key key, List<Point> points) {
    List<String> features = points.get(0).features();
    List<Integer> kept =
        IntStream.range(0, features.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -largest(points, i)))
            .limit(LINES)
            .sorted()
            .toList();
    List<CoefficientLine> lines = new ArrayList<>();
    for (int i : kept) {
      int index = lines.size();
      lines.add(
          new CoefficientLine(
              features.get(i),
              points.stream().map(point -> point.means()[i]).toList(),
              points.stream().map(point -> point.zeros()[i]).toList(),
              Palette.css(Palette.line(index, Theme.LIGHT)),
              Palette.css(Palette.line(index, Theme.DARK)),
              Palette.dash(index)));
    }
    return new CoefficientPath(
        key.setting().isEmpty() ? key.family() : key.family() + ", " + key.setting(),
        points.stream().map(Point::strength).toList(),
        points.stream().map(Point::n).toList(),
        lines,
        features.size() - kept.size());
  }

  private static double largest(List<Point> points, int feature) {
    return points.stream().mapToDouble(point -> Math.abs(point.means()[feature])).max().orElse(0);
  }
}
