package io.shrinklab.analysis;

import io.shrinklab.outcome.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Families over strength, with the variant without a penalty as their common anchor. */
final class Curves {
  private Curves() {}

  private record Key(String setting, String family, double p) {}

  static List<FamilyCurve> of(List<VariantSummary> variants) {
    Map<String, VariantSummary> anchors = new LinkedHashMap<>();
    Map<Key, List<VariantSummary>> families = new LinkedHashMap<>();
    for (VariantSummary variant : variants) {
      if (variant.counts().completed() == 0) {
        continue;
      }
      String setting = variant.variant().setting();
      if (variant.strength() == 0) {
        anchors.putIfAbsent(setting, variant);
      } else {
        families
            .computeIfAbsent(
                new Key(setting, variant.family(), variant.p()), key -> new ArrayList<>())
            .add(variant);
      }
    }
    List<FamilyCurve> curves = new ArrayList<>();
    families.forEach(
        (key, members) ->
            curves.add(
                new FamilyCurve(
                    key.setting(),
                    key.family(),
                    key.p(),
                    points(members, anchors.get(key.setting())))));
    return curves;
  }

  private static List<CurvePoint> points(
      List<VariantSummary> members, @Nullable VariantSummary anchor) {
    List<CurvePoint> points = new ArrayList<>();
    if (anchor != null) {
      // A norm under another p is another quantity.
      boolean comparable = anchor.p() == members.get(0).p();
      points.add(point(anchor, true, comparable ? norm(anchor) : Estimate.of()));
    }
    members.stream()
        .sorted(Comparator.comparingDouble(VariantSummary::strength))
        .forEach(member -> points.add(point(member, false, norm(member))));
    return points;
  }

  private static Estimate norm(VariantSummary variant) {
    return variant.last().get(Metric.LP_NORM);
  }

  private static CurvePoint point(VariantSummary variant, boolean anchor, Estimate norm) {
    return new CurvePoint(
        variant.name(), variant.strength(), anchor, norm, variant.best(), variant.last());
  }
}
