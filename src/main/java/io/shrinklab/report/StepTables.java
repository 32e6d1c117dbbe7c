package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.LayerStep;
import io.shrinklab.outcome.StepMetrics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The two CSV files of a run's optimizer steps, written while it trains: a row per step, and a row
 * per step and parameter. Their columns are in docs/columns.md.
 */
public final class StepTables {
  private static final CsvTable<StepMetrics> STEPS = new CsvTable<>(ofSteps());
  private static final CsvTable<Row> LAYERS = new CsvTable<>(ofLayers());

  private final CsvTable.Rows<StepMetrics> steps;
  private final CsvTable.Rows<Row> layers;

  private record Row(StepMetrics step, LayerStep layer) {}

  /** Writes both headers; the writers stay the caller's. */
  public StepTables(Appendable steps, Appendable layers) throws IOException {
    this.steps = STEPS.begin(steps);
    this.layers = LAYERS.begin(layers);
  }

  /** Writes a step's rows. */
  public void add(StepMetrics step) throws IOException {
    steps.add(step);
    for (LayerStep layer : step.layers()) {
      layers.add(new Row(step, layer));
    }
  }

  static List<String> stepColumns() {
    return STEPS.header();
  }

  static List<String> layerColumns() {
    return LAYERS.header();
  }

  /** lp_norm and lp_power_sum are the article's reg_loss and reg_psum_loss. */
  private static List<CsvColumn<StepMetrics>> ofSteps() {
    List<CsvColumn<StepMetrics>> columns =
        new ArrayList<>(
            List.of(
                whole("step", StepMetrics::step),
                whole("epoch", StepMetrics::epoch),
                whole("rows", StepMetrics::rows),
                number("data_loss", StepMetrics::dataLoss),
                number("penalty", StepMetrics::penalty),
                number("lp_norm", StepMetrics::lpNorm),
                number("lp_power_sum", StepMetrics::lpPowerSum),
                number("total_loss", StepMetrics::totalLoss),
                number("data_gradient_norm", StepMetrics::dataGradientNorm),
                number("penalty_gradient_norm", StepMetrics::penaltyGradientNorm),
                number("learning_rate", StepMetrics::learningRate)));
    // The norms of both gradients are there already, over the penalized parameters.
    Set<LayerQuantity> more =
        EnumSet.complementOf(
            EnumSet.of(LayerQuantity.DATA_GRADIENT_NORM, LayerQuantity.PENALTY_GRADIENT_NORM));
    more.forEach(quantity -> columns.add(of(quantity, StepMetrics::weights)));
    return columns;
  }

  private static List<CsvColumn<Row>> ofLayers() {
    List<CsvColumn<Row>> columns = new ArrayList<>();
    columns.add(whole("step", row -> row.step().step()));
    columns.add(whole("epoch", row -> row.step().epoch()));
    columns.add(word("layer", row -> row.layer().layer()));
    columns.add(whole("weights", row -> row.layer().weights()));
    for (LayerQuantity quantity : LayerQuantity.values()) {
      columns.add(of(quantity, Row::layer));
    }
    return columns;
  }

  private static <T> CsvColumn<T> of(LayerQuantity quantity, Function<T, LayerStep> layer) {
    if (!quantity.isCount()) {
      return number(quantity.column(), row -> layer.apply(row).get(quantity));
    }
    return word(
        quantity.column(),
        row -> {
          double count = layer.apply(row).get(quantity);
          return Double.isNaN(count) ? "" : Long.toString((long) count);
        });
  }
}
