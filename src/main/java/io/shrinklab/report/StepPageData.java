package io.shrinklab.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shrinklab.analysis.Outpulled;
import io.shrinklab.analysis.StepCourse;
import io.shrinklab.analysis.ThinnedLine;
import io.shrinklab.outcome.LayerQuantity;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything that the page of one or two runs draws, as it is embedded in it.
 *
 * @param parting the step at which two runs part, counted from 1; 0 where there is none
 * @param tints of lines that are no runs: push and pull, parameters
 */
record StepPageData(String name, List<Run> runs, int parting, List<Tint> tints) {
  private static final int TINTS = 12;

  /** A colour in both themes. */
  record Tint(String light, String dark) {}

  /**
   * A line; both extremes are left out where every point is one step.
   *
   * @param mean by stretch of steps
   */
  record Line(
      List<Double> mean,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> low,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> high) {
    static Line of(ThinnedLine line) {
      boolean whole = line.stride() == 1;
      return new Line(
          line.means(), whole ? List.of() : line.lows(), whole ? List.of() : line.highs());
    }

    boolean isEmpty() {
      return mean.stream().allMatch(value -> value.isNaN());
    }
  }

  /**
   * The lines of a parameter; the first of a run's is all multiplicative weights together.
   *
   * @param lines by {@link LayerQuantity#column}; without those that have no value
   */
  record Layer(String name, long weights, Map<String, Line> lines) {
    static Layer of(StepCourse.Layer layer) {
      Map<String, Line> lines = new TreeMap<>();
      layer.lines().forEach((quantity, line) -> lines.put(quantity.column(), Line.of(line)));
      lines.values().removeIf(Line::isEmpty);
      return new Layer(layer.name(), layer.weights(), lines);
    }
  }

  /**
   * A run.
   *
   * @param stride steps in a point; the last may have fewer
   * @param onWeights whether the penalty acts on the weights and not through the gradient
   * @param lines by name in lower case
   * @param pullThere what its penalty would pull with at the other run's norm, where that says why
   *     it fits less; else NaN
   */
  record Run(
      String name,
      String light,
      String dark,
      List<Integer> dash,
      long steps,
      int stepsPerEpoch,
      int stride,
      boolean onWeights,
      Map<String, Line> lines,
      List<Layer> layers,
      double pullThere) {
    static Run of(StepCourse course, List<StepCourse> all, Palette palette) {
      var variant = course.spec().variant();
      Map<StepCourse.Quantity, Line> lines = new EnumMap<>(StepCourse.Quantity.class);
      for (StepCourse.Quantity quantity : StepCourse.Quantity.values()) {
        lines.put(quantity, Line.of(course.line(quantity)));
      }
      return new Run(
          variant.name(),
          Palette.css(palette.variant(variant, Palette.Theme.LIGHT)),
          Palette.css(palette.variant(variant, Palette.Theme.DARK)),
          palette.dash(variant).pattern(),
          course.steps(),
          course.stepsPerEpoch(),
          course.line(StepCourse.Quantity.DATA_LOSS).stride(),
          Objects.requireNonNull(course.first()).onWeights(),
          lines.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      each -> each.getKey().name().toLowerCase(Locale.ROOT),
                      Map.Entry::getValue,
                      (a, b) -> a,
                      TreeMap::new)),
          course.layers().stream().map(Layer::of).toList(),
          all.stream()
              .filter(other -> other != course)
              .flatMap(other -> Outpulled.of(course, other).stream())
              .mapToDouble(Outpulled::pullThere)
              .findFirst()
              .orElse(Double.NaN));
    }
  }

  /**
   * Of courses.
   *
   * @param courses one or two; those without a step are left out
   */
  static StepPageData of(String name, List<StepCourse> courses, int parting, Palette palette) {
    return new StepPageData(
        name,
        courses.stream()
            .filter(course -> course.steps() > 0)
            .map(course -> Run.of(course, courses, palette))
            .toList(),
        parting,
        IntStream.range(0, TINTS)
            .mapToObj(
                i ->
                    new Tint(
                        Palette.css(Palette.line(i, Palette.Theme.LIGHT)),
                        Palette.css(Palette.line(i, Palette.Theme.DARK))))
            .toList());
  }
}
