package io.shrinklab.report;

import io.shrinklab.outcome.LayerMetrics;
import io.shrinklab.report.PageData.Layer;
import io.shrinklab.report.PageData.LayerRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Picks the epochs at which the page shows the layers of a run. */
final class LayerThinning {
  /** Histogram counts in the page, all variants together. */
  private static final int NUMBERS = 60_000;

  private final int perRun;

  /** For that many runs. */
  LayerThinning(int runs) {
    perRun = NUMBERS / Math.max(1, runs);
  }

  LayerRun thin(int variant, long seed, List<LayerMetrics> rows) {
    Map<String, List<LayerMetrics>> byLayer = new LinkedHashMap<>();
    rows.forEach(row -> byLayer.computeIfAbsent(row.layer(), name -> new ArrayList<>()).add(row));
    int last = rows.stream().mapToInt(LayerMetrics::epoch).max().orElse(1);
    int snapshots = Math.max(3, perRun / (LayerMetrics.BINS * byLayer.size()));
    Set<Integer> epochs = epochs(last, snapshots);
    List<Layer> layers = new ArrayList<>();
    byLayer.forEach(
        (name, all) -> {
          List<LayerMetrics> kept =
              all.stream().filter(row -> epochs.contains(row.epoch())).toList();
          layers.add(
              new Layer(
                  name,
                  all.get(0).weights(),
                  all.get(0).histogramLimit(),
                  kept.stream().map(LayerMetrics::lpNorm).toList(),
                  kept.stream().map(LayerMetrics::nearZeroFraction).toList(),
                  kept.stream().map(LayerMetrics::exactZeroFraction).toList(),
                  kept.stream().map(LayerMetrics::histogram).toList()));
        });
    return new LayerRun(variant, seed, List.copyOf(epochs), layers);
  }

  /** Evenly on a square-root scale, since weights move most in the first epochs. */
  private static Set<Integer> epochs(int last, int snapshots) {
    Set<Integer> epochs = new TreeSet<>();
    for (int i = 0; i < snapshots; i++) {
      double share = snapshots == 1 ? 1 : (double) i / (snapshots - 1);
      epochs.add((int) Math.round(1 + (last - 1) * share * share));
    }
    return epochs;
  }
}
